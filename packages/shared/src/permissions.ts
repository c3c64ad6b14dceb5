import type { Role } from "./accounts.ts";

export const EVENT_ROLES = ["owner", "editor", "checkin", "viewer"] as const;
export type EventRole = (typeof EVENT_ROLES)[number];

export const ACTIONS = [
  "events.browse",
  "events.create",
  "events.edit",
  "events.publish",
  "events.cancel",
  "events.manage-organizers",
  "events.view-draft",
  "registrations.register",
  "registrations.list-for-event",
  "registrations.manage",
  "system.administer",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Who asks: what the rules may look at, nothing else. */
export type Rights = { organizationId: string; role: Role };
/** What it is asked about; `eventRole` is the asker's own role in that event, if any. */
export type Scope = { organizationId: string; eventRole?: EventRole | undefined };

const BY_ROLE: Record<Role, ReadonlySet<Action>> = {
  member: new Set(["events.browse", "registrations.register"]),
  organizer: new Set(["events.browse", "events.create", "registrations.register"]),
  admin: new Set(ACTIONS),
};

const BY_EVENT_ROLE: Record<EventRole, ReadonlySet<Action>> = {
  owner: new Set([
    "events.edit",
    "events.publish",
    "events.cancel",
    "events.manage-organizers",
    "events.view-draft",
    "registrations.list-for-event",
    "registrations.manage",
  ]),
  editor: new Set([
    "events.edit",
    "events.publish",
    "events.cancel",
    "events.view-draft",
    "registrations.list-for-event",
    "registrations.manage",
  ]),
  checkin: new Set(["events.view-draft"]),
  viewer: new Set(["events.view-draft", "registrations.list-for-event"]),
};

/** The one rule of permission: default deny, never across organisations. */
export function can(actor: Rights, action: Action, scope: Scope): boolean {
  if (actor.organizationId !== scope.organizationId) return false;
  if (BY_ROLE[actor.role].has(action)) return true;
  return scope.eventRole !== undefined && BY_EVENT_ROLE[scope.eventRole].has(action);
}
