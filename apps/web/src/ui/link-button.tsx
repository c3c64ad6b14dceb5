import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button.tsx";

/** A link to a page of ours that looks like a button. */
export const LinkButton = createLink(Anchor);

function Anchor({ tone, size, wide, children, ...anchor }: ButtonLook & ComponentProps<"a">) {
  return (
    <a {...anchor} className={buttonClass({ tone, size, wide })}>
      <span className="button-label">{children}</span>
    </a>
  );
}
