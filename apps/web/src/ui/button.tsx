import type { ReactNode } from "react";
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
  isPending?: boolean;
  autoFocus?: boolean;
};

/** While pending it keeps its size, its name and the focus, and takes no second press. */
export function Button({
  children,
  type = "button",
  onPress,
  isPending,
  autoFocus,
  ...look
}: Props) {
  return (
    <button
      type={type}
      className={buttonClass(look)}
      // biome-ignore lint/a11y/noAutofocus: for the answer that a dialog proposes.
      autoFocus={autoFocus}
      aria-disabled={isPending}
      aria-busy={isPending}
      onClick={(event) => {
        if (isPending) event.preventDefault();
        else onPress?.();
      }}
    >
      {isPending && <span className="spinner" aria-hidden="true" />}
      <span className="button-label">{children}</span>
    </button>
  );
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined };

export function buttonClass({ tone = "primary", size, wide }: Loose<ButtonLook> = {}): string {
  return ["button", tone, size, wide && "wide"].filter(Boolean).join(" ");
}
