import { ListEventsInput } from "@tsudoi/shared/events.ts";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { aUser, type TestUser } from "#test/builders.ts";
import { type Asked, type Company, useEventLists } from "#test/event-lists.ts";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { fillEvents } from "#test/many-events.ts";
import { listEvents } from "./queries.ts";

const { bed, list, aCompany } = useEventLists();

/** Hours, with an event each: ten years that are over, and what comes. */
const [OVER, COMING] = [90_000, 10_000];
const FILL_MS = 120_000;
/** What four weeks have; a page is found in the first that have enough. */
const WINDOW = 28 * 24;
/** What is running may have begun four weeks ago, and what comes next is read before the page is known to be full. */
const NEAR = 4 * WINDOW;
const OWN = 200;

let big: Company;
/** Of a department whose division all events for departments are for; on no list. */
let seller: TestUser;
/** On every list, and of no department. */
let guest: TestUser;
beforeAll(async () => {
  big = await aCompany();
  const other = await aCompany();
  const { organizationId } = big;
  const division = await aDepartment(organizationId, "division");
  guest = await aUser(bed.ctx, { organizationId, email: "guest@example.test" });
  await fillEvents(bed.url, [
    { owner: big.owner, over: OVER, coming: COMING },
    { owner: other.owner, over: 0, coming: 1_000 },
  ]);
  const departmentId = await aDepartment(organizationId, "sales", division);
  seller = await aUser(bed.ctx, { organizationId, departmentId });
  await bed.ctx.db.execute(sql`
    insert into registrations (organization_id, event_id, user_id, status, seq, number)
    select organization_id, id, ${big.member.id}, 'confirmed', 1, 1 from events
    where organization_id = ${big.organizationId} order by id desc limit ${OWN}`);
  await vacuum(bed.ctx);
}, FILL_MS);

async function aDepartment(organizationId: string, code: string, parentId: string | null = null) {
  const [row] = await bed.ctx.db
    .insert(departments)
    .values({ organizationId, code, nameJa: code, nameEn: code, parentId })
    .returning({ id: departments.id });
  return row?.id ?? "";
}

const FREQUENT = 20;
/** Two pages of what is searched for: the month that fills one may have nearly as many again. */
const FEW = 2 * FREQUENT + 2;

type Case = [string, "member" | "owner" | "admin", Asked, number];
const everything = { scope: "organizing" } as const;

describe("a list among 100,000 events of all audiences", () => {
  const PAGE = 21;

  test.each<[string, () => TestUser, number]>([
    ["for whom every second is not", () => seller, 2 * PAGE],
    ["for who is invited to a third", () => guest, 2 * PAGE],
    ["for who is in no audience", () => big.member, 4 * PAGE],
    ["for who organises all", () => big.owner, 2 * PAGE],
    ["for an administrator", () => big.admin, PAGE],
  ])("%s, reads little more than its page", async (_what, who, mostRows) => {
    for (const kind of ["custom", "generic"] as const) {
      const [plan = []] = await explain(
        bed.url,
        (db) => listEvents({ ...bed.as(actorOf(who())), db }, ListEventsInput.parse({})),
        kind,
      );
      const bound = kind === "custom" ? mostRows : COMING + 31 * 24;
      const read = ["events", "event_departments", "event_invitations", "event_organizers"].map(
        (table) => rowsRead(plan, table),
      );
      expect({
        kind,
        most: Math.max(...read),
        isBounded: Math.max(...read) <= bound,
      }).toMatchObject({
        isBounded: true,
      });
    }
  });

  test("has what it should", async () => {
    const audiencesOf = async (user: TestUser) =>
      new Set((await list(user, { limit: 30 })).items.map((item) => item.audience));
    expect(await audiencesOf(seller)).toEqual(new Set(["everyone", "departments"]));
    expect(await audiencesOf(guest)).toEqual(new Set(["everyone", "invited"]));
    expect(await audiencesOf(big.owner)).toEqual(new Set(["everyone", "departments", "invited"]));
  });
});

describe("a search among 100,000 events", () => {
  test.each<Case>([
    ["what all have", "member", { text: "イベント" }, NEAR],
    ["what all have, for an administrator", "admin", { ...everything, text: "イベント" }, WINDOW],
    ["what a fifth has", "member", { text: "ﾊﾟﾌｫ" }, NEAR / 5],
    [
      "what a fifth has, in the past",
      "admin",
      { ...everything, text: "パフォ", when: "past" },
      NEAR / 5,
    ],
    ["what one in a thousand has", "member", { text: "研修" }, FEW],
    ["what one in a thousand has, of all time", "admin", { ...everything, text: "研修" }, FEW],
    [
      "what one in a thousand has, to come",
      "admin",
      { ...everything, text: "研修", when: "upcoming" },
      FEW,
    ],
    ["what one has", "admin", { ...everything, text: "唯一" }, 2],
    ["a letter that one has", "admin", { ...everything, text: "唯" }, 2],
    ["what is over", "member", { text: "唯一" }, 0],
    ["what nothing has", "admin", { ...everything, text: "茶会" }, 0],
    ["two words that no event has both of", "admin", { ...everything, text: "研修 唯一" }, 0],
    ["a frequent and a rare one", "admin", { ...everything, text: "イベント 唯一" }, 2],
    ["the organiser's name", "member", { text: "試験" }, NEAR],
    ["a draft of all time", "admin", { ...everything, status: "draft", text: "唯一" }, 2],
    ["one's own", "member", { scope: "mine", text: "パフォ" }, 3 * OWN],
  ])("%s", async (...[_what, role, input, mostRows]) => {
    for (const kind of ["custom", "generic"] as const) {
      const [plan = []] = await explain(
        bed.url,
        (db) => listEvents({ ...bed.as(actorOf(big[role])), db }, ListEventsInput.parse(input)),
        kind,
      );
      const scans = plan.filter(({ "Node Type": type }) => type === "Seq Scan");
      expect(scans.map((node) => node["Relation Name"])).not.toContain("events");
      expect(scans.map((node) => node["Relation Name"])).not.toContain("event_texts");
      expect({ kind, read: rowsRead(plan, "event_texts") }).toSatisfy(
        ({ read }) => read <= mostRows,
      );
    }
  });

  test("is one statement", async () => {
    for (const input of [{ text: "イベント" }, { ...everything, text: "イベント 研" }]) {
      const call = { name: "events.list", requestId: "request", queries: 0 };
      const page = await runInCall(call, () => list(big.admin, { ...input, limit: 5 }));
      expect({ items: page.items.length, queries: call.queries }).toEqual({ items: 5, queries: 1 });
    }
  });
});
