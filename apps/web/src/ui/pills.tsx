import { createLink } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";
import { useInSight } from "./use-in-sight.ts";
import "./pills.css";

type Props = { label: string; look?: "row" | "segments"; children: ReactNode };

/** Filters as links, so that a filtered list can be kept and sent; the one that is on is marked. */
export function Pills({ label, look = "row", children }: Props) {
  return (
    <ul className={look === "segments" ? "segments" : "pills"} aria-label={label}>
      {children}
    </ul>
  );
}

/** Give it `activeOptions={{ exact: true }}`: on when it leads to where one is. */
export const Pill = createLink(Anchor);

function Anchor({ children, ...anchor }: ComponentProps<"a">) {
  const item = useInSight(anchor["aria-current"] !== undefined);
  return (
    <li ref={item}>
      <a {...anchor} className="pill">
        {children}
      </a>
    </li>
  );
}
