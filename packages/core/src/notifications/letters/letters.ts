import type { EventNotification, RegistrationNotification } from "@tsudoi/shared/notifications.ts";
import { approval } from "./approval.ts";
import { cancellation } from "./cancellation.ts";
import { confirmation } from "./confirmation.ts";
import { drawResult } from "./draw-result.ts";
import { eventCancellation } from "./event-cancellation.ts";
import { eventChange } from "./event-change.ts";
import { invitation } from "./invitation.ts";
import type { WriteEventLetter, WriteLetter } from "./letter.ts";
import { offer } from "./offer.ts";
import { offerExpired } from "./offer-expired.ts";
import { organizerRole } from "./organizer-role.ts";
import { promotion } from "./promotion.ts";
import { rejection } from "./rejection.ts";

/** One kind of message, one letter. */
export const LETTERS: Record<RegistrationNotification, WriteLetter> = {
  "registrations.confirmation": confirmation,
  "registrations.offer": offer,
  "registrations.offer-expired": offerExpired,
  "registrations.promotion": promotion,
  "registrations.approval": approval,
  "registrations.rejection": rejection,
  "registrations.cancellation": cancellation,
  "registrations.draw-result": drawResult,
  "events.change": eventChange,
  "events.cancellation": eventCancellation,
};

export const EVENT_LETTERS: Record<EventNotification, WriteEventLetter> = {
  "events.invitation": invitation,
  "events.organizer-role": organizerRole,
};
