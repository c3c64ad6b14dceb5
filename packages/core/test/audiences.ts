import type { Context } from "#core/db/context.ts";
import { departments } from "#core/db/schema/departments.ts";
import { eventDepartments } from "#core/db/schema/event-departments.ts";
import { eventInvitations } from "#core/db/schema/event-invitations.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { anEvent, anOrganization, aUser, type TestEvent, type TestUser } from "./builders.ts";

export const AUDIENCES = ["everyone", "departments", "invited"] as const;
type Audience = (typeof AUDIENCES)[number];

/** Everyone an event can be asked for by, by what they are to it. */
export const KINDS = [
  "of the department",
  "of one below it",
  "of one two below it",
  "of the one above it",
  "of another",
  "of none",
  "invited",
  "registered",
  "waiting",
  "left",
  "of the cancelled event",
  "owner",
  "editor",
  "checkin",
  "viewer",
  "admin",
  "of another organisation",
  "admin of another organisation",
] as const;
export type Kind = (typeof KINDS)[number];

export const ORGANIZERS: Kind[] = ["owner", "editor", "checkin", "viewer", "admin"];
/** Registered while the event was for everyone, or put there by an organiser. */
const PLACED: Kind[] = ["registered", "waiting", "of the cancelled event"];
export const OUTSIDE: Kind[] = ["of another organisation", "admin of another organisation"];

/** Whom an event is for. */
export const IS_FOR: Record<Audience, Kind[]> = {
  everyone: KINDS.filter((kind) => !OUTSIDE.includes(kind)),
  departments: ["of the department", "of one below it", "of one two below it"],
  invited: ["invited"],
};

export function sees(audience: Audience, kind: Kind): boolean {
  return [...IS_FOR[audience], ...ORGANIZERS, ...PLACED].includes(kind);
}

/** By its address, too: whoever was ever in it. */
export function reaches(audience: Audience, kind: Kind): boolean {
  return sees(audience, kind) || kind === "left";
}

type Tree = Partial<Record<Kind, string>>;
type Place = { ctx: Context; organizationId: string };

export type Audiences = {
  people: Record<Kind, TestUser>;
  /** An event with all of them around it. */
  anEventFor: (audience: Audience) => Promise<TestEvent>;
};

export async function someAudiences(place: Place): Promise<Audiences> {
  const tree = await aTree(place);
  const people = {} as Record<Kind, TestUser>;
  for (const kind of KINDS) people[kind] = await aPerson(place, kind, tree);
  const anEventFor = async (audience: Audience) => {
    const event = await anEvent(place.ctx, people.owner, { audience, capacity: 100 });
    await surround(place.ctx, event, { people, departmentId: tree["of the department"] ?? "" });
    return event;
  };
  return { people, anEventFor };
}

/** A division, its department that is invited, a section, a team; and a department beside it. */
async function aTree({ ctx, organizationId }: Place): Promise<Tree> {
  const made: Tree = {};
  const add = async (kind: Kind, parent?: Kind) => {
    const [row] = await ctx.db
      .insert(departments)
      .values({
        ...{ organizationId, code: kind, nameJa: kind, nameEn: kind },
        parentId: parent === undefined ? null : (made[parent] ?? null),
      })
      .returning({ id: departments.id });
    made[kind] = row?.id ?? "";
  };
  await add("of the one above it");
  await add("of the department", "of the one above it");
  await add("of one below it", "of the department");
  await add("of one two below it", "of one below it");
  await add("of another", "of the one above it");
  return made;
}

async function aPerson({ ctx, organizationId }: Place, kind: Kind, tree: Tree): Promise<TestUser> {
  return aUser(ctx, {
    organizationId: OUTSIDE.includes(kind) ? await anOrganization(ctx) : organizationId,
    departmentId: tree[kind] ?? (ORGANIZERS.includes(kind) ? (tree["of another"] ?? null) : null),
    role: kind.startsWith("admin") ? "admin" : "member",
  });
}

type Surroundings = { people: Record<Kind, TestUser>; departmentId: string };

async function surround(ctx: Context, event: TestEvent, { people, departmentId }: Surroundings) {
  const key = { organizationId: event.organizationId, eventId: event.id };
  const roles = ["editor", "checkin", "viewer"] as const;
  await ctx.db
    .insert(eventOrganizers)
    .values(roles.map((role) => ({ ...key, userId: people[role].id, role })));
  await ctx.db.insert(eventDepartments).values({ ...key, departmentId });
  await ctx.db
    .insert(eventInvitations)
    .values({ ...key, email: people.invited.email, via: "list" });
  const left = { status: "cancelled" as const };
  await ctx.db.insert(registrations).values([
    { ...key, userId: people.registered.id, status: "confirmed", seq: 1, number: 1 },
    { ...key, userId: people.waiting.id, status: "waitlisted", seq: 2, number: 2, queueNo: 2 },
    { ...key, userId: people.left.id, ...left, endedBy: "attendee", seq: 3, number: 3 },
    {
      ...key,
      userId: people["of the cancelled event"].id,
      ...left,
      endedBy: "event",
      seq: 4,
      number: 4,
    },
  ]);
}
