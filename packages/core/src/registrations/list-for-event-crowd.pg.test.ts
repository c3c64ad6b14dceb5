import type { ListForEventInput } from "@tsudoi/shared/registration-lists.ts";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { writeCursor } from "#core/db/cursor.ts";
import type { TestEvent } from "#test/builders.ts";
import { explain, type PlanNode, rowsRead, vacuum } from "#test/explain.ts";
import { aFullEvent } from "#test/full-event.ts";
import { useStage } from "#test/stage.ts";
import { countStatuses } from "./count-statuses.ts";
import { readPlaces } from "./read-places.ts";
import { selectPeople } from "./select-people.ts";

const PEOPLE = 10_000;
const HALF = PEOPLE / 2;
/** Of other events, whose people are the same. */
const OTHERS = 7;
/** The next one tells whether there is another page. */
const PAGE = 51;

const stage = useStage();
let event: TestEvent;

beforeAll(async () => {
  event = await aFullEvent(stage, { seats: HALF, waiting: HALF });
  for (let other = 0; other < OTHERS; other += 1) {
    const { id } = await stage.anEvent();
    await stage.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number, queue_no)
      select organization_id, ${id}, user_id, status, seq, number, queue_no from registrations
      where event_id = ${event.id}`);
  }
}, 60_000);

const key = () => ({ organizationId: stage.organizationId, eventId: event.id });

type Asked = Partial<ListForEventInput>;

const planOf = async (asked: Asked, kind?: "custom" | "generic") => {
  const input = { eventId: event.id, limit: PAGE - 1, order: "number" as const, ...asked };
  const [plan = []] = await explain(
    stage.url,
    (db) => selectPeople({ ...stage.ctx, db }, key(), input),
    kind,
  );
  return plan;
};

const scans = (plan: PlanNode[]) =>
  plan
    .filter((node) => node["Node Type"] === "Seq Scan")
    .flatMap((node) => node["Relation Name"] ?? [])
    .filter((table) => table !== "departments");

const DEEP = writeCursor([PEOPLE - 100]);
/** What is asked, and the most that may be read of registrations and of their people for a page. */
const CASES: [name: string, asked: Asked, most: { registrations: number; people: number }][] = [
  ["the first page", {}, { registrations: PAGE, people: PAGE }],
  ["a page near the end", { cursor: DEEP }, { registrations: PAGE, people: PAGE }],
  ["who waits, by number", { status: "waitlisted" }, { registrations: HALF + PAGE, people: PAGE }],
  ["a status that nobody has", { status: "declined" }, { registrations: PEOPLE, people: 0 }],
  ["the queue", { order: "queue" }, { registrations: PAGE, people: PAGE }],
  ["the end of the queue", { order: "queue", cursor: DEEP }, { registrations: PAGE, people: PAGE }],
  ["a name that all have", { text: "山田" }, { registrations: PAGE, people: PAGE }],
  ["a name that one has", { text: "太郎9999" }, { registrations: PEOPLE, people: PEOPLE }],
  [
    "a name in the queue that nobody has",
    { order: "queue", text: "nobody" },
    { registrations: HALF, people: HALF },
  ],
];

describe.each(["without statistics", "with statistics"])("ten thousand people, %s", (known) => {
  beforeAll(async () => {
    if (known === "with statistics") await vacuum(stage.ctx);
  }, 60_000);

  describe.each(["custom", "generic"] as const)("by a %s plan", (kind) => {
    test.each(CASES)("%s", async (_, asked, most) => {
      const plan = await planOf(asked, kind);
      expect(scans(plan)).toEqual([]);
      expect(rowsRead(plan, "registrations")).toBeLessThanOrEqual(most.registrations);
      expect(rowsRead(plan, "users")).toBeLessThanOrEqual(most.people);
    });
  });

  test("are counted, and their places found, without a look at other events", async () => {
    const plans = await explain(stage.url, async (db) => {
      await countStatuses({ ...stage.ctx, db }, key());
      await readPlaces({ ...stage.ctx, db }, { key: key(), ids: [event.id] });
    });
    expect(plans).toHaveLength(2);
    expect(plans.flatMap(scans)).toEqual([]);
    for (const plan of plans) {
      expect(rowsRead(plan, "registrations")).toBeLessThanOrEqual(PEOPLE);
    }
  });
});
