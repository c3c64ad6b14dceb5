/** What people are written to about: one kind, one letter. */
export const NOTIFICATION_KINDS = [
  /** The outcome of registering, or of accepting an offer. */
  "registrations.confirmation",
  "registrations.offer",
  "registrations.offer-expired",
  /** A seat after waiting. */
  "registrations.promotion",
  "registrations.approval",
  "registrations.rejection",
  "registrations.cancellation",
  "registrations.draw-result",
  "events.change",
  "events.cancellation",
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
