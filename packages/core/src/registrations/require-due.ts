import { DomainError } from "@tsudoi/shared/errors.ts";
import { refuseIfCancelled, refuseIfOver } from "./attendee-rules.ts";
import type { LockedEvent } from "./lock-event.ts";
import { awaitsDraw } from "./seat-rules.ts";

/** The seed, where its draw may be held now. */
export function requireDue(event: LockedEvent, now: Date): string {
  refuseIfCancelled(event);
  refuseIfOver(event, now);
  const { drawAt, drawSeed } = event;
  const isOn = event.status === "published" || event.status === "closed";
  if (!isOn || !awaitsDraw(event) || drawAt === null || drawSeed === null) {
    throw new DomainError("STATE_CONFLICT", { fields: { status: event.status } });
  }
  if (now < drawAt) {
    throw new DomainError("STATE_CONFLICT", { fields: { drawAt: drawAt.toISOString() } });
  }
  return drawSeed;
}
