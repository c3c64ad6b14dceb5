import { createTestDatabase } from "@tsudoi/core/test/database.ts";
import type { Sql } from "postgres";
import { expect, test } from "vitest";
import { connect } from "#scripts/database.ts";
import { seedDemo } from "#scripts/demo/seed-demo.ts";
import { seedEvents } from "./seed-events.ts";
import { findLastNumber, seedPeople } from "./seed-people.ts";

async function aSeededDatabase(parts: AsyncDisposableStack) {
  const { url } = parts.use(await createTestDatabase());
  await seedDemo(url);
  const { sql } = parts.use(connect(url));
  const [row] = await sql<{ id: string }[]>`select id from organizations`;
  return { sql, organizationId: row?.id ?? "" };
}

/** Events whose counters are not what their rows add up to. */
async function listMiscounted(sql: Sql): Promise<string[]> {
  const rows = await sql<{ title: string }[]>`
    select e.title_ja as title from events e
    left join lateral (
      select count(*) filter (where status in ('confirmed', 'offered')) as seated,
        count(*) filter (where status = 'waitlisted') as waitlisted,
        coalesce(max(number), 0) as number, count(distinct number) as numbers, count(*) as total,
        count(*) filter (where status = 'pending') as pending,
        coalesce(max(seq), 0) as seq, count(distinct seq) as seqs
      from registrations r where r.organization_id = e.organization_id and r.event_id = e.id
    ) as r on true
    where seats_taken <> seated or waitlist_length <> waitlisted
      or pending_count <> pending or last_number <> r.number
      or numbers <> total or seqs <> total or e.seq < r.seq
      or (waitlisted > 0 and seated < capacity)`;
  return rows.map(({ title }) => title);
}

test("the demo's counters are what its rows add up to", async () => {
  await using parts = new AsyncDisposableStack();
  const { sql } = await aSeededDatabase(parts);
  expect(await listMiscounted(sql)).toEqual([]);
  const [row] = await sql`
    select (select count(*)::int from users) as people, (select count(*)::int from departments) as departments,
      (select count(*)::int from events where status = 'published' and ends_at > now()) as open,
      (select sum(jsonb_array_length(questions))::int from events) as questions,
      (select count(*)::int from registrations where answers ->> 'shoes' = 'm') as answered`;
  expect(row).toMatchObject({ people: 67, departments: 8, open: 19, questions: 3, answered: 8 });
});

test("adds exactly what was asked for, and every counter is what its rows add up to", async () => {
  await using parts = new AsyncDisposableStack();
  const { sql, organizationId } = await aSeededDatabase(parts);
  await seedPeople(sql, { organizationId, passwordHash: "x", first: 1, last: 120 });
  const [before] = await sql`select count(*)::int as registrations from registrations`;
  const seen: number[] = [];
  await seedEvents(sql, { organizationId, events: 60, registrations: 3_000 }, (done) => {
    seen.push(done.registrations);
  });
  expect(await listMiscounted(sql)).toEqual([]);
  const [after] = await sql`
    select count(*)::int as registrations,
      count(*) filter (where status = 'waitlisted')::int as waitlisted from registrations`;
  expect(after?.registrations - before?.registrations).toBe(3_000);
  expect(after?.waitlisted).toBeGreaterThan(20);
  expect(seen.at(-1)).toBe(3_000);
});

test("refuses more registrations than there are places, and leaves nothing behind", async () => {
  await using parts = new AsyncDisposableStack();
  const { sql, organizationId } = await aSeededDatabase(parts);
  const load = { organizationId, events: 2, registrations: 1_000 };
  const countEvents = () => sql`select count(*)::int as events from events`;
  const [before] = await countEvents();
  await expect(seedEvents(sql, load, () => {})).rejects.toThrow("nobody registers twice");
  expect(await countEvents()).toEqual([before]);
});

test("people are numbered without gaps, and adding them again changes nobody", async () => {
  await using parts = new AsyncDisposableStack();
  const { sql, organizationId } = await aSeededDatabase(parts);
  expect(await findLastNumber(sql)).toBe(0);
  expect(await seedPeople(sql, { organizationId, passwordHash: "x", first: 1, last: 3 })).toBe(3);
  expect(await seedPeople(sql, { organizationId, passwordHash: "y", first: 2, last: 5 })).toBe(2);
  expect(await findLastNumber(sql)).toBe(5);
  const rows = await sql`
    select email, password_hash, role, department_id is not null as placed from users
    where email like 'user-%' order by email`;
  expect(rows.map((row) => row.email)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `user-00000${number}@demo.test`),
  );
  expect(rows.map((row) => row.password_hash).join("")).toBe("xxxyy");
  expect(rows.every((row) => row.role === "member" && row.placed)).toBe(true);
});
