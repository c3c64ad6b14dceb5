import * as z from "zod/mini";
import type { EventStatus } from "./events.ts";
import { LinkToken } from "./link-token.ts";
import type { RegistrationStatus } from "./registrations.ts";
import type { Localized } from "./text.ts";

/** What the links in a person's mails let their bearer do, on a page with one button. */
export const REGISTRATION_LINKS = ["offer", "leave"] as const;
export type RegistrationLink = (typeof REGISTRATION_LINKS)[number];

export const ByLinkInput = z.strictObject({ token: LinkToken });
export type ByLinkInput = z.infer<typeof ByLinkInput>;

export const GetByLinkInput = z.strictObject({
  token: LinkToken,
  purpose: z.enum(REGISTRATION_LINKS),
});
export type GetByLinkInput = z.infer<typeof GetByLinkInput>;

/** What a link shows to whoever holds it, signed in or not: enough to know what the button does, no more. */
export type RegistrationByLink = {
  familyName: string;
  givenName: string;
  status: RegistrationStatus;
  /** Until when an offered seat is held, or a confirmed one can be given back. */
  until?: string;
  organization: Localized;
  event: {
    title: Localized;
    status: EventStatus;
    startsAt: string;
    endsAt: string;
    timeZone: string;
  };
};
