import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import "./button.css";

export type ButtonLook = {
  tone?: "primary" | "quiet" | "ghost";
  size?: "small" | "large";
  wide?: boolean;
};

type Props = ButtonLook & {
  children: ReactNode;
  type?: "button" | "submit";
  onPress?: () => void;
  isDisabled?: boolean;
  isPending?: boolean;
  autoFocus?: boolean;
  "aria-label"?: string;
};

/** While pending it keeps its size and its focus, takes no second press and says so. */
export function Button({ children, tone, size, wide, isPending, ...button }: Props) {
  return (
    <AriaButton
      {...button}
      className={buttonClass({ tone, size, wide })}
      {...(isPending === undefined ? {} : { isPending })}
    >
      {isPending && <span className="spinner" aria-hidden="true" />}
      <span className="button-label">{children}</span>
    </AriaButton>
  );
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined };

export function buttonClass({ tone = "primary", size, wide }: Loose<ButtonLook> = {}): string {
  return ["button", tone, size, wide && "wide"].filter(Boolean).join(" ");
}
