import type { ReactNode } from "react";
import "./ticket.css";
import "./card.css";

type Props = { stub: ReactNode; children: ReactNode; across?: boolean; tone?: "accent" | "quiet" };

/** A stub, a perforation, a body: what one holds in the hand. `across` puts the stub at the side. */
export function Ticket({ stub, children, across = false, tone = "accent" }: Props) {
  return (
    <div className={`ticket ${tone}${across ? " across" : ""}`}>
      <div className="ticket-stub">{stub}</div>
      <div className="ticket-body">{children}</div>
    </div>
  );
}
