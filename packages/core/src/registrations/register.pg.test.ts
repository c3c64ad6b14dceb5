import { DomainError, type Reason } from "@tsudoi/shared/errors.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { actorOf } from "#test/bed.ts";
import {
  anOrganization,
  aUser,
  countSeats,
  type TestEvent,
  type TestUser,
} from "#test/builders.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { register } from "./register.ts";

const stage = useStage();

function asUser(user: TestUser, idempotencyKey?: string) {
  return { ...stage.as(actorOf(user)), idempotencyKey };
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
    const event = await stage.anEvent();
    const person = await stage.aMember();
    const { registration } = await register(asUser(person), { eventId: event.id });
    expect(registration).toMatchObject({ eventId: event.id, status: "confirmed", number: "0001" });
    expect(await countSeats(stage.ctx, event)).toMatchObject({
      seatsTaken: 1,
      seq: 1,
      rows: { confirmed: 1 },
    });
  });

  test("writes the message, its job and the audit entry with the seat", async () => {
    const event = await stage.anEvent();
    const person = await stage.aMember();
    const { registration } = await register(asUser(person), { eventId: event.id });
    const rows = await stage.ctx.db.execute<Record<string, unknown>>(sql`
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
        job_organization: stage.organizationId,
        action: "registrations.register",
        actor_id: person.id,
        details: { status: "confirmed", seq: 1 },
      },
    ]);
  });

  test("rejects a stranger", async () => {
    const event = await stage.anEvent();
    const elsewhere = await aUser(stage.ctx, { organizationId: await anOrganization(stage.ctx) });
    const anonymous = { ...stage.as({ kind: "anonymous" }) };
    const disabled = await stage.aMember({ disabledAt: new Date() });
    expect(await reasonOf(register(asUser(elsewhere), { eventId: event.id }))).toBe("NOT_FOUND");
    expect(await reasonOf(register(anonymous, { eventId: event.id }))).toBe("NOT_SIGNED_IN");
    expect(await reasonOf(register(asUser(disabled), { eventId: event.id }))).toBe("NOT_SIGNED_IN");
    expect(await countSeats(stage.ctx, event)).toMatchObject({ seatsTaken: 0, rows: {} });
  });

  test("books nothing for a session that has ended, though its token still lasts", async () => {
    const event = await stage.anEvent();
    const person = await stage.aMember();
    const actor = actorOf(person);
    await stage.ctx.db.execute(sql`
      insert into sessions (organization_id, id, user_id, salt, expires_at, revoked_at)
      values (${stage.organizationId}, ${actor.sessionId}, ${person.id}, 'salt', now() + interval '1 day', now())`);
    expect(await reasonOf(register(stage.as(actor), { eventId: event.id }))).toBe("NOT_SIGNED_IN");
    await stage.ctx.db.execute(sql`delete from sessions where id = ${actor.sessionId}`);
  });

  test("refuses a second time", async () => {
    const event = await stage.anEvent();
    const person = await stage.aMember();
    const both = await rush(event, [person, person]);
    expect(tally(both)).toEqual({ confirmed: 1, ALREADY_REGISTERED: 1 });
    expect(await countSeats(stage.ctx, event)).toMatchObject({
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
      const event = await stage.anEvent(overrides);
      const person = await stage.aMember();
      expect(await reasonOf(register(asUser(person), { eventId: event.id }))).toBe(reason);
      expect(await countSeats(stage.ctx, event)).toMatchObject({ seatsTaken: 0, seq: 0, rows: {} });
    }
  });

  test("puts people on the waitlist in order once an event is full", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const people = await stage.someMembers(3);
    const positions: (number | undefined)[] = [];
    for (const person of people) {
      const { registration } = await register(asUser(person), { eventId: event.id });
      positions.push(registration.position);
    }
    expect(positions).toEqual([undefined, 1, 2]);
    expect(await countSeats(stage.ctx, event)).toMatchObject({ seatsTaken: 1, waitlistLength: 2 });
  });

  test("takes no seat while the organiser's approval is awaited", async () => {
    const event = await stage.anEvent({ approval: true, capacity: 1 });
    const answers = await rush(event, await stage.someMembers(3));
    expect(tally(answers)).toEqual({ pending: 3 });
    expect(await countSeats(stage.ctx, event)).toMatchObject({
      seatsTaken: 0,
      rows: { pending: 3 },
    });
  });

  test("survives a race", async () => {
    const event = await stage.anEvent({ capacity: 1 });
    const answers = await rush(event, await stage.someMembers(50));
    expect(tally(answers)).toEqual({ confirmed: 1, SOLD_OUT: 49 });
    expect(await countSeats(stage.ctx, event)).toMatchObject({
      seatsTaken: 1,
      rows: { confirmed: 1 },
    });
  });

  test("a duplicate in a batch neither takes nor hides the last seat", async () => {
    const event = await stage.anEvent({ capacity: 2 });
    const [first, second] = await stage.someMembers(2);
    if (first === undefined || second === undefined) throw new Error("two people are needed");
    await register(asUser(first), { eventId: event.id });
    expect(await rush(event, [first, second])).toEqual(["ALREADY_REGISTERED", "confirmed"]);
  });
});

describe("registrations.register under an idempotency key", () => {
  test("is idempotent", async () => {
    const event = await stage.anEvent({ capacity: 3 });
    const person = await stage.aMember();
    const call = () => register(asUser(person, "key-1"), { eventId: event.id });
    const first = await call();
    const rest = await Promise.all(Array.from({ length: 20 }, call));
    expect(rest).toEqual(Array.from({ length: 20 }, () => first));
    expect(await countSeats(stage.ctx, event)).toMatchObject({
      seatsTaken: 1,
      rows: { confirmed: 1 },
    });
  });

  test("gives a refusal again, even when a new call would succeed", async () => {
    const event = await stage.anEvent({ capacity: 1, seatsTaken: 1 });
    const person = await stage.aMember();
    const call = () => register(asUser(person, "key-2"), { eventId: event.id });
    expect(await reasonOf(call())).toBe("SOLD_OUT");
    await stage.ctx.db.execute(sql`update events set seats_taken = 0 where id = ${event.id}`);
    expect(await reasonOf(call())).toBe("SOLD_OUT");
    expect(await reasonOf(register(asUser(person), { eventId: event.id }))).toBe("no refusal");
  });

  test("does not keep a refusal that is the session's: signed in again, the same key books", async () => {
    const event = await stage.anEvent();
    const person = await stage.aMember({ disabledAt: new Date() });
    const call = () => register(asUser(person, "key-4"), { eventId: event.id });
    expect(await reasonOf(call())).toBe("NOT_SIGNED_IN");
    await stage.ctx.db.execute(sql`update users set disabled_at = null where id = ${person.id}`);
    expect((await call()).registration.status).toBe("confirmed");
  });

  test("refuses the key for another event", async () => {
    const person = await stage.aMember();
    const [one, other] = [await stage.anEvent(), await stage.anEvent()];
    await register(asUser(person, "key-3"), { eventId: one.id });
    expect(await reasonOf(register(asUser(person, "key-3"), { eventId: other.id }))).toBe(
      "IDEMPOTENCY_MISMATCH",
    );
    expect(await countSeats(stage.ctx, other)).toMatchObject({ seatsTaken: 0 });
  });
});
