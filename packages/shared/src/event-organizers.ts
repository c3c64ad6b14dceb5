import * as z from "zod/mini";
import { Email } from "./accounts.ts";
import { Apply } from "./event-series.ts";
import { Id } from "./ids.ts";
import { Cursor, Limit, type Page } from "./paging.ts";
import { EVENT_ROLES, type EventRole } from "./permissions.ts";

/** Somebody of the organisation, by address or by id: one of the two. */
export const SaveOrganizerInput = z
  .strictObject({
    eventId: Id,
    userId: z.optional(Id),
    email: z.optional(Email),
    role: z.enum(EVENT_ROLES),
    apply: Apply,
  })
  .check(
    z.refine(({ userId, email }) => (userId === undefined) !== (email === undefined), {
      path: ["email"],
      error: "an address or an id, not both",
    }),
  );
export type SaveOrganizerInput = z.infer<typeof SaveOrganizerInput>;

export const RemoveOrganizerInput = z.strictObject({ eventId: Id, userId: Id, apply: Apply });
export type RemoveOrganizerInput = z.infer<typeof RemoveOrganizerInput>;

export const ListOrganizersInput = z.strictObject({ eventId: Id, cursor: Cursor, limit: Limit });
export type ListOrganizersInput = z.infer<typeof ListOrganizersInput>;

/** Who helps with an event, as those who help with it see them. */
export type Organizer = {
  id: string;
  familyName: string;
  givenName: string;
  email: string;
  role: EventRole;
};
/** In the list of those who help with an event. */
export type ListedOrganizer = Organizer & {
  /** The only owner who can act: whose part can neither be taken away nor made another. */
  isLastOwner: boolean;
};
export type OrganizerPage = Page<ListedOrganizer>;
