import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Context } from "#core/db/context.ts";
import { register } from "#core/registrations/register.ts";
import { actorOf } from "./bed.ts";
import type { TestEvent, TestUser } from "./builders.ts";
import type { Stage } from "./stage.ts";

export type Guest = { person: TestUser; ctx: Context; registrationId: string };

/** People who register one after another. */
export async function someGuests(stage: Stage, event: TestEvent, count: number): Promise<Guest[]> {
  const guests: Guest[] = [];
  for (const person of await stage.someMembers(count)) {
    const ctx = stage.as(actorOf(person));
    const { registration } = await register(ctx, { eventId: event.id });
    guests.push({ person, ctx, registrationId: registration.id });
  }
  return guests;
}

/** Disables the guests' accounts, or enables them again. */
export async function setDisabled(ctx: Context, guests: Guest[], isDisabled: boolean) {
  await ctx.db.execute(sql`
    update users set disabled_at = case when ${isDisabled} then now() end
    where id = any(${sql.param(guests.map(({ person }) => person.id))}::uuid[])`);
}

/** How the guests stand, in their own order. */
export async function statusesOf(ctx: Context, guests: Guest[]): Promise<string[]> {
  const rows = await ctx.db.execute<{ id: string; status: string }>(sql`
    select id, status from registrations
    where id = any(${sql.param(guests.map((guest) => guest.registrationId))}::uuid[])`);
  const byId = new Map(rows.map((row) => [row.id, row.status]));
  return guests.map((guest) => byId.get(guest.registrationId) ?? "gone");
}

/** What a guest has been written about, in order. */
export async function kindsTold(ctx: Context, guest: Guest): Promise<string[]> {
  const rows = await ctx.db.execute<{ kind: string }>(sql`
    select n.kind from notifications n
    join outbox o on o.payload ->> 'notificationId' = n.id::text
    where n.registration_id = ${guest.registrationId} order by o.id`);
  return rows.map((row) => row.kind);
}

/** Who did what to a registration, in order; an absent actor is the system. */
export async function auditOf(ctx: Context, guest: Guest) {
  const rows = await ctx.db.execute<{ action: string; actor_id: string | null }>(sql`
    select action, actor_id from audit_log where entity_id = ${guest.registrationId} order by id`);
  return rows.map((row) => ({ action: row.action, actorId: row.actor_id }));
}

/** The counters are the rows, no seat is given twice, none is free beside somebody who waits and can have it, and every change had its number. */
export async function expectSound(
  ctx: Context,
  event: { organizationId: string; id: string },
  { mayWait = false }: { mayWait?: boolean } = {},
): Promise<void> {
  const [row] = await ctx.db.execute<Sums>(sql`
    select e.seats_taken as "seatsTaken", e.waitlist_length as "waitlistLength",
      e.pending_count as "pendingCount", e.capacity, e.seq::int, counted.*
    from events e
    cross join lateral (
      select (count(*) filter (where r.status in ('confirmed', 'offered')))::int as seated,
        (count(*) filter (where r.status = 'waitlisted'))::int as waiting,
        (count(*) filter (where r.status = 'waitlisted' and u.disabled_at is null))::int as next,
        (count(*) filter (where r.status = 'pending'))::int as pending,
        coalesce(max(r.seq), 0)::int as last, count(distinct r.seq)::int as seqs, count(*)::int as total
      from registrations r
      join users u on u.organization_id = r.organization_id and u.id = r.user_id
      where r.organization_id = e.organization_id and r.event_id = e.id
    ) counted
    where e.organization_id = ${event.organizationId} and e.id = ${event.id}`);
  if (row === undefined) throw new Error("the event is gone");
  const { seatsTaken, waitlistLength, pendingCount, capacity, seq, ...rows } = row;
  expect({ seatsTaken, waitlistLength, pendingCount, seqs: rows.seqs }).toEqual({
    seatsTaken: rows.seated,
    waitlistLength: rows.waiting,
    pendingCount: rows.pending,
    seqs: rows.total,
  });
  expect(rows.seated).toBeLessThanOrEqual(capacity);
  expect(rows.last).toBeLessThanOrEqual(seq);
  if (rows.next > 0 && !mayWait) expect(rows.seated).toBe(capacity);
}

type Counters = {
  seatsTaken: number;
  waitlistLength: number;
  pendingCount: number;
  capacity: number;
  seq: number;
};
type Rows = {
  seated: number;
  waiting: number;
  /** Of them, those whom a seat can be given. */
  next: number;
  pending: number;
  last: number;
  seqs: number;
  total: number;
};
type Sums = Counters & Rows;
