import { DomainError, type Reason } from "@tsudoi/shared/errors.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actorOf, createTestBed, type TestBed } from "#test/bed.ts";
import {
  anEvent,
  anOrganization,
  aUser,
  countSeats,
  someUsers,
  type TestEvent,
  type TestUser,
} from "#test/builders.ts";
import { register } from "./register.ts";

let bed: TestBed;
let organizationId: string;
let owner: TestUser;
beforeAll(async () => {
  bed = await createTestBed();
  organizationId = await anOrganization(bed.ctx);
  owner = await aUser(bed.ctx, { organizationId, role: "organizer" });
});
afterAll(() => bed[Symbol.asyncDispose]());

function asUser(user: TestUser, idempotencyKey?: string) {
  return { ...bed.as(actorOf(user)), idempotencyKey };
}

async function reasonOf(call: Promise<unknown>): Promise<Reason | "no refusal"> {
  try {
    await call;
    return "no refusal";
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
}

/** Everybody at once; what each of them was told. */
async function rush(event: TestEvent, people: TestUser[]): Promise<string[]> {
  return Promise.all(
    people.map(async (person) => {
      try {
        return (await register(asUser(person), { eventId: event.id })).registration.status;
      } catch (error) {
        if (error instanceof DomainError) return error.reason;
        throw error;
      }
    }),
  );
}

function tally(answers: string[]): Record<string, number> {
  return Object.fromEntries(
    [...Map.groupBy(answers, (answer) => answer)].map(([answer, all]) => [answer, all.length]),
  );
}

describe("registrations.register", () => {
  test("does the thing", async () => {
    const event = await anEvent(bed.ctx, owner);
    const person = await aUser(bed.ctx, { organizationId });
    const { registration } = await register(asUser(person), { eventId: event.id });
    expect(registration).toMatchObject({ eventId: event.id, status: "confirmed", number: "0001" });
    expect(await countSeats(bed.ctx, event)).toMatchObject({
      seatsTaken: 1,
      seq: 1,
      rows: { confirmed: 1 },
    });
  });

  test("writes the message, its job and the audit entry with the seat", async () => {
    const event = await anEvent(bed.ctx, owner);
    const person = await aUser(bed.ctx, { organizationId });
    const { registration } = await register(asUser(person), { eventId: event.id });
    const rows = await bed.ctx.db.execute<Record<string, unknown>>(sql`
      select n.status, n.user_id, o.job, o.organization_id as job_organization, a.action, a.actor_id, a.details
      from notifications n
      join outbox o on o.payload ->> 'notificationId' = n.id::text
      join audit_log a on a.entity_id = n.registration_id
      where n.registration_id = ${registration.id}`);
    expect([...rows]).toEqual([
      {
        status: "queued",
        user_id: person.id,
        job: "registrations.send-confirmation",
        job_organization: organizationId,
        action: "registrations.register",
        actor_id: person.id,
        details: { status: "confirmed", seq: 1 },
      },
    ]);
  });

  test("rejects a stranger", async () => {
    const event = await anEvent(bed.ctx, owner);
    const elsewhere = await aUser(bed.ctx, { organizationId: await anOrganization(bed.ctx) });
    const anonymous = { ...bed.as({ kind: "anonymous" }) };
    const disabled = await aUser(bed.ctx, { organizationId, disabledAt: new Date() });
    expect(await reasonOf(register(asUser(elsewhere), { eventId: event.id }))).toBe("NOT_FOUND");
    expect(await reasonOf(register(anonymous, { eventId: event.id }))).toBe("NOT_SIGNED_IN");
    expect(await reasonOf(register(asUser(disabled), { eventId: event.id }))).toBe("NOT_SIGNED_IN");
    expect(await countSeats(bed.ctx, event)).toMatchObject({ seatsTaken: 0, rows: {} });
  });

  test("books nothing for a session that has ended, though its token still lasts", async () => {
    const event = await anEvent(bed.ctx, owner);
    const person = await aUser(bed.ctx, { organizationId });
    const actor = actorOf(person);
    await bed.ctx.db.execute(sql`
      insert into sessions (organization_id, id, user_id, salt, expires_at, revoked_at)
      values (${organizationId}, ${actor.sessionId}, ${person.id}, 'salt', now() + interval '1 day', now())`);
    expect(await reasonOf(register(bed.as(actor), { eventId: event.id }))).toBe("NOT_SIGNED_IN");
    await bed.ctx.db.execute(sql`delete from sessions where id = ${actor.sessionId}`);
  });

  test("refuses a second time", async () => {
    const event = await anEvent(bed.ctx, owner);
    const person = await aUser(bed.ctx, { organizationId });
    const both = await rush(event, [person, person]);
    expect(tally(both)).toEqual({ confirmed: 1, ALREADY_REGISTERED: 1 });
    expect(await countSeats(bed.ctx, event)).toMatchObject({
      seatsTaken: 1,
      rows: { confirmed: 1 },
    });
  });

  test("says why", async () => {
    const now = Date.now();
    const cases: [Partial<TestEvent>, Reason][] = [
      [{ status: "draft" }, "NOT_FOUND"],
      [{ status: "cancelled" }, "EVENT_CANCELLED"],
      [{ status: "closed" }, "REGISTRATION_CLOSED"],
      [{ registrationOpensAt: new Date(now + HOUR) }, "NOT_OPEN_YET"],
      [{ registrationClosesAt: new Date(now - 1) }, "REGISTRATION_CLOSED"],
    ];
    for (const [overrides, reason] of cases) {
      const event = await anEvent(bed.ctx, owner, overrides);
      const person = await aUser(bed.ctx, { organizationId });
      expect(await reasonOf(register(asUser(person), { eventId: event.id }))).toBe(reason);
      expect(await countSeats(bed.ctx, event)).toMatchObject({ seatsTaken: 0, seq: 0, rows: {} });
    }
  });

  test("puts people on the waitlist in order once an event is full", async () => {
    const event = await anEvent(bed.ctx, owner, { capacity: 1, waitlistMode: "automatic" });
    const people = await someUsers(bed.ctx, 3, { organizationId });
    const positions: (number | undefined)[] = [];
    for (const person of people) {
      const { registration } = await register(asUser(person), { eventId: event.id });
      positions.push(registration.position);
    }
    expect(positions).toEqual([undefined, 1, 2]);
    expect(await countSeats(bed.ctx, event)).toMatchObject({ seatsTaken: 1, waitlistLength: 2 });
  });

  test("takes no seat while the organiser's approval is awaited", async () => {
    const event = await anEvent(bed.ctx, owner, { approval: true, capacity: 1 });
    const answers = await rush(event, await someUsers(bed.ctx, 3, { organizationId }));
    expect(tally(answers)).toEqual({ pending: 3 });
    expect(await countSeats(bed.ctx, event)).toMatchObject({ seatsTaken: 0, rows: { pending: 3 } });
  });

  test("survives a race", async () => {
    const event = await anEvent(bed.ctx, owner, { capacity: 1 });
    const answers = await rush(event, await someUsers(bed.ctx, 50, { organizationId }));
    expect(tally(answers)).toEqual({ confirmed: 1, SOLD_OUT: 49 });
    expect(await countSeats(bed.ctx, event)).toMatchObject({
      seatsTaken: 1,
      rows: { confirmed: 1 },
    });
  });

  test("a duplicate in a batch neither takes nor hides the last seat", async () => {
    const event = await anEvent(bed.ctx, owner, { capacity: 2 });
    const [first, second] = await someUsers(bed.ctx, 2, { organizationId });
    if (first === undefined || second === undefined) throw new Error("two people are needed");
    await register(asUser(first), { eventId: event.id });
    expect(await rush(event, [first, second])).toEqual(["ALREADY_REGISTERED", "confirmed"]);
  });
});

describe("registrations.register under an idempotency key", () => {
  test("is idempotent", async () => {
    const event = await anEvent(bed.ctx, owner, { capacity: 3 });
    const person = await aUser(bed.ctx, { organizationId });
    const call = () => register(asUser(person, "key-1"), { eventId: event.id });
    const first = await call();
    const rest = await Promise.all(Array.from({ length: 20 }, call));
    expect(rest).toEqual(Array.from({ length: 20 }, () => first));
    expect(await countSeats(bed.ctx, event)).toMatchObject({
      seatsTaken: 1,
      rows: { confirmed: 1 },
    });
  });

  test("gives a refusal again, even when a new call would succeed", async () => {
    const event = await anEvent(bed.ctx, owner, { capacity: 1, seatsTaken: 1 });
    const person = await aUser(bed.ctx, { organizationId });
    const call = () => register(asUser(person, "key-2"), { eventId: event.id });
    expect(await reasonOf(call())).toBe("SOLD_OUT");
    await bed.ctx.db.execute(sql`update events set seats_taken = 0 where id = ${event.id}`);
    expect(await reasonOf(call())).toBe("SOLD_OUT");
    expect(await reasonOf(register(asUser(person), { eventId: event.id }))).toBe("no refusal");
  });

  test("does not keep a refusal that is the session's: signed in again, the same key books", async () => {
    const event = await anEvent(bed.ctx, owner);
    const person = await aUser(bed.ctx, { organizationId, disabledAt: new Date() });
    const call = () => register(asUser(person, "key-4"), { eventId: event.id });
    expect(await reasonOf(call())).toBe("NOT_SIGNED_IN");
    await bed.ctx.db.execute(sql`update users set disabled_at = null where id = ${person.id}`);
    expect((await call()).registration.status).toBe("confirmed");
  });

  test("refuses the key for another event", async () => {
    const person = await aUser(bed.ctx, { organizationId });
    const [one, other] = [await anEvent(bed.ctx, owner), await anEvent(bed.ctx, owner)];
    await register(asUser(person, "key-3"), { eventId: one.id });
    expect(await reasonOf(register(asUser(person, "key-3"), { eventId: other.id }))).toBe(
      "IDEMPOTENCY_MISMATCH",
    );
    expect(await countSeats(bed.ctx, other)).toMatchObject({ seatsTaken: 0 });
  });
});
