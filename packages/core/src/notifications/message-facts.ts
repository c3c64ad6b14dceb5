import type { Allocation, EventStatus, WaitlistMode } from "@tsudoi/shared/events.ts";
import type { EventNotification, RegistrationNotification } from "@tsudoi/shared/notifications.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
import type { EndedBy, RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import type { Locale, Localized } from "@tsudoi/shared/text.ts";
import type { LocationReaders } from "@tsudoi/shared/way-in.ts";

/** What every letter can say, as it is when it is written. */
type Facts = {
  notificationId: string;
  organizationId: string;
  status: "queued" | "sent" | "delivered" | "bounced" | "suppressed" | "failed";
  /** What the change was that is told: from where, `to` where, what was before it, and the words that came with it. */
  details: Record<string, string | number | boolean | null> | null;
  person: {
    familyName: string;
    givenName: string;
    email: string;
    locale: Locale;
    timeZone: string;
  };
  organization: Localized;
  event: {
    id: string;
    title: Localized;
    description: Localized;
    status: EventStatus;
    startsAt: Date;
    endsAt: Date;
    registrationOpensAt: Date;
    registrationClosesAt: Date;
    timeZone: string;
    location: string | null;
    locationFor: LocationReaders;
    onlineUrl: string | null;
    cancelUntil: Date | null;
    waitlistMode: WaitlistMode;
    allocation: Allocation;
    drawAt: Date | null;
    drawnAt: Date | null;
    cancelReason: string | null;
    calendarSequence: number;
  };
};

/** Of a message about a registration. */
export type MessageFacts = Facts & {
  kind: RegistrationNotification;
  registration: {
    id: string;
    status: RegistrationStatus;
    number: number;
    position: number | null;
    offerExpiresAt: Date | null;
    endedBy: EndedBy | null;
  };
};

/** Of a message about an event alone. */
export type EventFacts = Facts & {
  kind: EventNotification;
  registration: null;
  /** The reader's part in organising the event, if any. */
  role: EventRole | null;
  /** Whether the reader is still asked to come, and has no place yet. */
  isInvited: boolean;
  /** How many events an invitation asks the reader to: more than one where they are of a series. */
  dates: number;
};

export type AnyFacts = MessageFacts | EventFacts;
