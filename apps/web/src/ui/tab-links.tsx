import { createLink } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";
import { useInSight } from "./use-in-sight.ts";
import "./tab-links.css";

/** The parts of a page, each at an address of its own; the one that is shown is marked. */
export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className="tab-links" aria-label={label}>
      <ul>{children}</ul>
    </nav>
  );
}

export const TabLink = createLink(Anchor);

function Anchor({ children, ...anchor }: ComponentProps<"a">) {
  const item = useInSight(anchor["aria-current"] !== undefined);
  return (
    <li ref={item}>
      <a {...anchor}>{children}</a>
    </li>
  );
}
