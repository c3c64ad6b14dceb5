import type { ReactNode } from "react";
import "./button.css";

export type ButtonLook = {
  tone?: "primary" | "quiet" | "ghost";
  size?: "small" | "large";
  wide?: boolean;
};

type Props = ButtonLook & {
  children: ReactNode;
  id?: string;
  /** Its name, where it shows only a sign. */
  label?: string;
  /** There and named, with nothing to do now: it keeps the focus. */
  isOff?: boolean;
  /** Where it is told why it is off. */
  describedBy?: string | undefined;
  type?: "button" | "submit";
  /** The form that it sends, where it stands outside. */
  form?: string;
  onPress?: () => void;
  isPending?: boolean;
  /** Said aloud while it waits. */
  working?: string;
  autoFocus?: boolean;
};

/** While pending it keeps its size, its name and the focus, and takes no second press. */
export function Button({
  children,
  id,
  label,
  isOff = false,
  describedBy,
  type = "button",
  form,
  onPress,
  isPending,
  working,
  autoFocus,
  ...look
}: Props) {
  const button = (
    <button
      id={id}
      type={type}
      aria-label={label}
      aria-describedby={describedBy}
      form={form}
      className={buttonClass(look)}
      // biome-ignore lint/a11y/noAutofocus: for the answer that a dialog proposes.
      autoFocus={autoFocus}
      aria-disabled={isPending || isOff || undefined}
      aria-busy={isPending}
      onClick={(event) => {
        if (isPending || isOff) event.preventDefault();
        else onPress?.();
      }}
    >
      {isPending && <span className="spinner" aria-hidden="true" />}
      <span className="button-label">{children}</span>
    </button>
  );
  if (working === undefined) return button;
  return (
    <>
      {button}
      {/* Beside it: what stands in a button is its name and is not announced. */}
      <span className="visually-hidden" role="status">
        {isPending && working}
      </span>
    </>
  );
}

type Loose<T> = { [K in keyof T]?: T[K] | undefined };

export function buttonClass({ tone = "primary", size, wide }: Loose<ButtonLook> = {}): string {
  return ["button", tone, size, wide && "wide"].filter(Boolean).join(" ");
}
