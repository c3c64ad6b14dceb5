import { and, eq, type SQL, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { events } from "#core/db/schema/events.ts";
import {
  AUDIENCES,
  type Audiences,
  KINDS,
  type Kind,
  reaches,
  sees,
  someAudiences,
} from "#test/audiences.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent, TestUser } from "#test/builders.ts";
import { useStage } from "#test/stage.ts";
import { isReachable, isVisible } from "./audience.ts";

const stage = useStage();

let audiences: Audiences;
const shown = {} as Record<TestEvent["audience"], TestEvent>;
beforeAll(async () => {
  audiences = await someAudiences(stage);
  for (const audience of AUDIENCES) shown[audience] = await audiences.anEventFor(audience);
});

type Rule = (person: TestUser) => SQL | undefined;

/** Whom a rule shows an event that it should not, or the other way round. */
async function faults(rule: Rule, isRight = sees): Promise<string[]> {
  const found: string[] = [];
  for (const audience of AUDIENCES) {
    for (const kind of KINDS) {
      if ((await isShown(rule, audience, kind)) !== isRight(audience, kind)) {
        found.push(`${audience}: ${kind}`);
      }
    }
  }
  return found;
}

async function isShown(rule: Rule, audience: TestEvent["audience"], kind: Kind): Promise<boolean> {
  const person = audiences.people[kind];
  const isAsked = and(
    eq(events.organizationId, person.organizationId),
    eq(events.id, shown[audience].id),
  );
  const rows = await stage.ctx.db
    .select({ id: events.id })
    .from(events)
    .where(and(isAsked, rule(person)));
  return rows.length > 0;
}

/** The rule once more, written down part by part and without a thought of speed. */
const PARTS = {
  everyone: () => sql`events.audience = 'everyone'`,
  departments: ({ departmentId }: TestUser) => sql`events.audience = 'departments' and exists (
    with recursive below (id) as (
      select d.department_id from event_departments d where d.event_id = events.id
      union select c.id from departments c join below on c.parent_id = below.id)
    select 1 from below where id = ${departmentId})`,
  theDepartmentAlone: ({
    departmentId,
  }: TestUser) => sql`events.audience = 'departments' and exists (
    select 1 from event_departments d where d.event_id = events.id and d.department_id = ${departmentId})`,
  invited: ({ email }: TestUser) => sql`events.audience = 'invited' and exists (
    select 1 from event_invitations i where i.event_id = events.id and i.email = ${email})`,
  /** Whatever the event's audience is now. */
  everInvited: ({ email }: TestUser) => sql`exists (
    select 1 from event_invitations i where i.event_id = events.id and i.email = ${email})`,
  organizers: ({ id }: TestUser) => sql`exists (
    select 1 from event_organizers o where o.event_id = events.id and o.user_id = ${id})`,
  placed: ({ id }: TestUser) => sql`exists (
    select 1 from registrations r where r.event_id = events.id and r.user_id = ${id}
      and (r.status in ('confirmed', 'waitlisted') or r.ended_by = 'event'))`,
  everPlaced: ({ id }: TestUser) => sql`exists (
    select 1 from registrations r where r.event_id = events.id and r.user_id = ${id})`,
};
type Part = keyof typeof PARTS;

const RIGHT: Part[] = ["everyone", "departments", "invited", "organizers", "placed"];

function ruleOf(parts: Part[]): Rule {
  return (person) => {
    if (person.role === "admin") return undefined;
    const each = parts.map((part) => sql`(${PARTS[part](person)})`);
    return sql`(${sql.join(each, sql` or `)})`;
  };
}

describe("the matrix of audiences", () => {
  test("finds no fault with the rule, nor with its parts", async () => {
    expect(await faults((person) => isVisible(actorOf(person)))).toEqual([]);
    expect(await faults(ruleOf(RIGHT))).toEqual([]);
  });

  test("finds no fault with whom an event's address is for, and that lists are for fewer", async () => {
    expect(await faults((person) => isReachable(actorOf(person)), reaches)).toEqual([]);
    expect(await faults(ruleOf([...RIGHT, "everPlaced"]), reaches)).toEqual([]);
    expect(await faults((person) => isVisible(actorOf(person)), reaches)).not.toEqual([]);
    expect(await faults((person) => isReachable(actorOf(person)))).not.toEqual([]);
  });

  test.each<[string, Part, Part[]]>([
    ["only the department itself counts", "departments", ["theDepartmentAlone"]],
    ["departments are forgotten", "departments", []],
    ["invitations are forgotten", "invited", []],
    ["an old invitation still counts", "invited", ["everInvited"]],
    ["organisers are forgotten", "organizers", []],
    ["registered people are forgotten", "placed", []],
    ["whoever left still sees it", "placed", ["everPlaced"]],
    ["what is for everyone is hidden", "everyone", []],
  ])("finds that %s", async (_what, part, instead) => {
    const wrong = [...RIGHT.filter((each) => each !== part), ...instead];
    expect(await faults(ruleOf(wrong))).not.toEqual([]);
  });

  test("finds that nobody is kept out", async () => {
    expect(await faults(() => undefined)).not.toEqual([]);
  });
});
