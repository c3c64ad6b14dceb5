/** What people are written to about their registration, as it is or was. */
export const REGISTRATION_NOTIFICATIONS = [
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
export type RegistrationNotification = (typeof REGISTRATION_NOTIFICATIONS)[number];

/** What people are written to about an event in which they need have no place. */
export const EVENT_NOTIFICATIONS = [
  "events.invitation",
  /** A part in organising it, or another one. */
  "events.organizer-role",
] as const;
export type EventNotification = (typeof EVENT_NOTIFICATIONS)[number];

/** One kind, one letter. */
export const NOTIFICATION_KINDS = [...REGISTRATION_NOTIFICATIONS, ...EVENT_NOTIFICATIONS] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];
