import * as z from "zod/mini";
import { Email } from "./accounts.ts";
import { Apply } from "./event-series.ts";
import { Id } from "./ids.ts";
import { LinkToken } from "./link-token.ts";
import { Cursor, Limit, type Page } from "./paging.ts";
import { line } from "./text.ts";

/** As many as one call adds or takes back. */
export const MAX_INVITED = 500;
/** As many as organisers put on one event's list. */
export const MAX_INVITATIONS = 20_000;

const Emails = z.array(Email).check(z.minLength(1), z.maxLength(MAX_INVITED));

export const InviteInput = z.strictObject({ eventId: Id, emails: Emails, apply: Apply });
export type InviteInput = z.infer<typeof InviteInput>;

export const ListInvitationsInput = z.strictObject({
  eventId: Id,
  /** Words, each found somewhere in the address or in the name of who has it. */
  text: z.optional(line(100)),
  cursor: Cursor,
  limit: Limit,
});
export type ListInvitationsInput = z.infer<typeof ListInvitationsInput>;

/** Longer than any link: what is no link of ours is refused as one, whatever it looks like. */
export const AcceptInviteInput = z.strictObject({
  token: LinkToken,
});
export type AcceptInviteInput = z.infer<typeof AcceptInviteInput>;

/** A draft has room for people on its list before it is shown to them. */
export type AcceptedInvite = { eventId: string; isShown: boolean };

/** Put on the list by an organiser, or came in by the event's link. */
export const INVITED_VIA = ["list", "link"] as const;
export type InvitedVia = (typeof INVITED_VIA)[number];

/** Somebody who is invited, who may have no account yet. */
export type Invitation = { email: string; via: InvitedVia; createdAt: string };
export type InvitationPage = Page<Invitation>;
