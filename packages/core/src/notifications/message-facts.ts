import type { Allocation, EventStatus, WaitlistMode } from "@tsudoi/shared/events.ts";
import type { NotificationKind } from "@tsudoi/shared/notifications.ts";
import type { EndedBy, RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import type { Locale, Localized } from "@tsudoi/shared/text.ts";

/** Everything a letter can say, as it is when it is written. */
export type MessageFacts = {
  notificationId: string;
  organizationId: string;
  kind: NotificationKind;
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
  registration: {
    id: string;
    status: RegistrationStatus;
    number: number;
    position: number | null;
    offerExpiresAt: Date | null;
    endedBy: EndedBy | null;
  };
  event: {
    id: string;
    title: Localized;
    description: Localized;
    status: EventStatus;
    startsAt: Date;
    endsAt: Date;
    timeZone: string;
    location: string | null;
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
