import type { RegistrationByLink } from "@tsudoi/shared/registration-links.ts";
import { LIVE_STATUSES, type RegistrationStatus } from "@tsudoi/shared/registrations.ts";

/** `open`: the page's button does something now. */
export type LinkState =
  | "open"
  | "tooLate"
  | "eventCancelled"
  | Exclude<RegistrationStatus, "offered">;

/** How an offer stands: it can be answered until it ends, also while the page is open. */
export function offerState(shown: RegistrationByLink, now: Date): LinkState {
  if (shown.event.status === "cancelled") return "eventCancelled";
  if (shown.status !== "offered") return shown.status;
  return isBefore(now, shown.until) ? "open" : "expired";
}

/** Whether a place can be given back: a seat until the deadline, a place in a queue at any time. */
export function leaveState(shown: RegistrationByLink, now: Date): LinkState {
  const { status, until } = shown;
  if (status === "offered") return "open";
  if (!LIVE_STATUSES.some((live) => live === status)) return status;
  if (shown.event.status === "cancelled") return "eventCancelled";
  return status === "confirmed" && !isBefore(now, until) ? "tooLate" : "open";
}

function isBefore(now: Date, until: string | undefined): boolean {
  return until === undefined || now < new Date(until);
}
