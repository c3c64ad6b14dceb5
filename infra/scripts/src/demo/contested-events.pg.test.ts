import { createHmac } from "node:crypto";
import { createDatabase } from "@tsudoi/core/db/client.ts";
import { countViolations } from "@tsudoi/core/events/count-violations.ts";
import { contextOn } from "@tsudoi/core/test/bed.ts";
import { createTestDatabase, type TestDatabase } from "@tsudoi/core/test/database.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#scripts/database.ts";
import { seedDemo } from "./seed-demo.ts";

let server: TestDatabase;
let connection: ReturnType<typeof connect>;
beforeAll(async () => {
  server = await createTestDatabase();
  await seedDemo(server.url);
  connection = connect(server.url);
});
afterAll(async () => {
  await connection[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test("the demo's seats are as sound as those of a system that runs", async () => {
  await using database = createDatabase({ url: server.url, max: 1, applicationName: "test" });
  const { violations } = await countViolations(contextOn(database));
  expect(new Set(Object.values(violations))).toEqual(new Set([0]));
});

test("the attendee of the demo meets a seat that is held, a draw to come, a queue and places", async () => {
  const held = await connection.sql<{ status: string }[]>`
    select distinct r.status from registrations r
    join users u on u.organization_id = r.organization_id and u.id = r.user_id
    join events e on e.organization_id = r.organization_id and e.id = r.event_id
    where u.email = 'attendee@demo.test' and e.ends_at > now() order by 1`;
  expect(held.map(({ status }) => status)).toEqual([
    "confirmed",
    "offered",
    "pending",
    "waitlisted",
  ]);
});

test("one draw has been held and can be held again by anyone, the other comes at its time", async () => {
  const draws = await connection.sql<{ id: string; seed: string; isHeld: boolean; due: boolean }[]>`
    select e.id, e.draw_seed as seed, e.drawn_at is not null as "isHeld", exists (
        select 1 from outbox o where o.job = 'registrations.draw-lots'
          and o.payload ->> 'eventId' = e.id::text and o.due_at = e.draw_at and o.due_at > now()
      ) as due
    from events e where e.allocation = 'lottery' order by e.drawn_at nulls last`;
  expect(draws.map(({ isHeld, due }) => ({ isHeld, due }))).toEqual([
    { isHeld: true, due: false },
    { isHeld: false, due: true },
  ]);
  const [{ id, seed } = { id: "", seed: "" }] = draws;
  const lots = await connection.sql<{ id: string; status: string }[]>`
    select id, status from registrations where event_id = ${id} order by draw_rank`;
  const lot = (entry: string) =>
    createHmac("sha256", Buffer.from(seed, "hex")).update(entry).digest("hex");
  expect(lots.map((entry) => lot(entry.id))).toEqual(lots.map((entry) => lot(entry.id)).toSorted());
  expect(lots.map(({ status }) => status)).toEqual(
    lots.map((_, index) => (index < 15 ? "confirmed" : "waitlisted")),
  );
});

test("an offer ends by itself, and whom an event is for can be seen", async () => {
  const [row] = await connection.sql<{ offers: number; departments: number; invited: number }[]>`
    select
      (select count(*)::int from registrations r
        join outbox o on o.job = 'registrations.pass-seats' and o.due_at = r.offer_expires_at) as offers,
      (select count(*)::int from event_departments) as departments,
      (select count(*)::int from event_invitations) as invited`;
  expect(row).toEqual({ offers: 1, departments: 1, invited: 14 });
});
