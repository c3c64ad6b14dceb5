import { describe, expect, test } from "vitest";
import { ROLES, type Role } from "./accounts.ts";
import { ACTIONS, type Action, can, EVENT_ROLES, type EventRole } from "./permissions.ts";

type Row = Record<Role, (EventRole | "none")[] | "always">;
const everyRole = ["none", ...EVENT_ROLES] as const;

/** Who may do what, once more and by hand: in which part of an event each role may, or always. */
const GOLDEN: Record<Action, Row> = {
  "events.browse": { member: "always", organizer: "always", admin: "always" },
  "events.create": { member: [], organizer: "always", admin: "always" },
  "events.edit": { member: ["owner", "editor"], organizer: ["owner", "editor"], admin: "always" },
  "events.publish": {
    member: ["owner", "editor"],
    organizer: ["owner", "editor"],
    admin: "always",
  },
  "events.cancel": { member: ["owner", "editor"], organizer: ["owner", "editor"], admin: "always" },
  "events.manage-organizers": { member: ["owner"], organizer: ["owner"], admin: "always" },
  "events.view-draft": {
    member: ["owner", "editor", "checkin", "viewer"],
    organizer: ["owner", "editor", "checkin", "viewer"],
    admin: "always",
  },
  "registrations.register": { member: "always", organizer: "always", admin: "always" },
  "registrations.list-for-event": {
    member: ["owner", "editor", "viewer"],
    organizer: ["owner", "editor", "viewer"],
    admin: "always",
  },
  "registrations.manage": {
    member: ["owner", "editor"],
    organizer: ["owner", "editor"],
    admin: "always",
  },
  "system.administer": { member: [], organizer: [], admin: "always" },
};

const cases = ACTIONS.flatMap((action) =>
  ROLES.flatMap((role) => everyRole.map((eventRole) => ({ action, role, eventRole }))),
);

describe("shared/permissions", () => {
  test.each(cases)("$role, $eventRole in the event, $action", ({ action, role, eventRole }) => {
    const row = GOLDEN[action][role];
    const scope = {
      organizationId: "ours",
      eventRole: eventRole === "none" ? undefined : eventRole,
    };
    const expected = row === "always" || row.includes(eventRole);
    expect(can({ organizationId: "ours", role }, action, scope)).toBe(expected);
    expect(can({ organizationId: "theirs", role }, action, scope)).toBe(false);
  });
});
