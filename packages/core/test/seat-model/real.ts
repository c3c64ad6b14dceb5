import { createHmac, randomBytes } from "node:crypto";
import { DomainError } from "@tsudoi/shared/errors.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { draw } from "#core/events/draw.ts";
import { getEvent } from "#core/events/get-event.ts";
import { update } from "#core/events/update.ts";
import { acceptOffer } from "#core/registrations/accept-offer.ts";
import { add } from "#core/registrations/add.ts";
import { approve } from "#core/registrations/approve.ts";
import { cancel } from "#core/registrations/cancel.ts";
import { declineOffer } from "#core/registrations/decline-offer.ts";
import { move } from "#core/registrations/move.ts";
import { passSeats } from "#core/registrations/pass-seats.ts";
import { register } from "#core/registrations/register.ts";
import { reject } from "#core/registrations/reject.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent, TestUser } from "#test/builders.ts";
import type { Stage } from "#test/stage.ts";
import type { Rules, Told } from "./model.ts";

const SEED = randomBytes(32).toString("hex");

/** The real thing behind the words of the model. A mutant replaces one of its words by a wrong one. */
export type Real = {
  stage: Stage;
  people: TestUser[];
  event: TestEvent;
  beganAt: number;
  register: (people: number[], key?: string) => Promise<Told[]>;
  cancel: (person: number, by: "attendee" | "organizer") => Promise<Told>;
  accept: (person: number) => Promise<Told>;
  decline: (person: number) => Promise<Told>;
  approve: (person: number) => Promise<Told>;
  reject: (person: number) => Promise<Told>;
  move: (person: number, to: "confirmed" | "first" | "last") => Promise<Told>;
  add: (person: number, to: "confirmed" | "waitlisted") => Promise<Told>;
  setCapacity: (capacity: number) => Promise<Told>;
  endApproval: () => Promise<Told>;
  passSeats: () => Promise<void>;
  draw: () => Promise<Told>;
  disable: (person: number) => Promise<void>;
  /** With the jobs that it causes. */
  enable: (person: number) => Promise<void>;
};

export async function newReal(stage: Stage, people: TestUser[], rules: Rules): Promise<Real> {
  const beganAt = Date.UTC(2030, 0, 1);
  stage.setNow(new Date(beganAt));
  const event = await stage.anEvent({
    startsAt: new Date(beganAt + rules.startsAt * MINUTE),
    registrationOpensAt: new Date(beganAt),
    capacity: rules.capacity,
    waitlistMode: rules.waitlistMode,
    approval: rules.approval,
    offerHours: rules.offerMinutes / 60,
    ...(rules.lottery ? { allocation: "lottery", drawAt: new Date(beganAt), drawSeed: SEED } : {}),
  });
  const key = { organizationId: stage.organizationId, eventId: event.id };
  const system = () => stage.as({ kind: "system" });
  const owner = () => stage.as(actorOf(stage.owner));
  const as = (person: number) => stage.as(actorOf(personAt(people, person)));
  const idOf = (person: number) => findLast(stage.ctx, key.eventId, personAt(people, person));
  const one = async (
    person: number,
    verb: (registrationId: string) => Promise<{ registration: { status: RegistrationStatus } }>,
  ) => told(async () => (await verb(await idOf(person))).registration.status);
  const change = (changed: { capacity?: number; approval?: boolean }) =>
    told(async () => {
      const { version } = await getEvent(owner(), { eventId: event.id });
      await update(owner(), { eventId: event.id, version, apply: "this", ...changed });
      return "confirmed";
    });
  return {
    stage,
    people,
    event,
    beganAt,
    register: (some, idempotencyKey) =>
      Promise.all(
        some.map((person) =>
          told(async () => {
            const ctx = { ...as(person), idempotencyKey };
            return (await register(ctx, { eventId: event.id })).registration.status;
          }),
        ),
      ),
    cancel: (person, by) =>
      one(person, (registrationId) =>
        cancel(by === "attendee" ? as(person) : owner(), { registrationId }),
      ),
    accept: (person) =>
      one(person, (registrationId) => acceptOffer(as(person), { registrationId })),
    decline: (person) =>
      one(person, (registrationId) => declineOffer(as(person), { registrationId })),
    approve: (person) => one(person, (registrationId) => approve(owner(), { registrationId })),
    reject: (person) => one(person, (registrationId) => reject(owner(), { registrationId })),
    move: (person, to) => one(person, (registrationId) => move(owner(), { registrationId, to })),
    add: (person, to) =>
      told(async () => {
        const { email } = personAt(people, person);
        return (await add(owner(), { eventId: event.id, email, to })).registration.status;
      }),
    setCapacity: (capacity) => change({ capacity }),
    endApproval: () => change({ approval: false }),
    passSeats: async () => void (await passSeats(system(), key)),
    draw: () =>
      told(async () => {
        await draw(owner(), { eventId: event.id });
        return "confirmed";
      }),
    disable: (person) => setDisabled(stage.ctx, personAt(people, person), true),
    async enable(person) {
      const before = await countJobs(stage.ctx, event);
      await setDisabled(stage.ctx, personAt(people, person), false);
      if ((await countJobs(stage.ctx, event)) > before) await passSeats(system(), key);
    },
  };
}

export function personAt(people: TestUser[], index: number): TestUser {
  const person = people[index];
  if (person === undefined) throw new Error(`nobody has the number ${index}`);
  return person;
}

async function told(call: () => Promise<RegistrationStatus>): Promise<Told> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
}

async function findLast(ctx: Context, eventId: string, person: TestUser): Promise<string> {
  const [row] = await ctx.db.execute<{ id: string }>(sql`
    select id from registrations
    where event_id = ${eventId} and user_id = ${person.id} order by number desc limit 1`);
  // Somebody who never registered: an id that is nobody's.
  return row?.id ?? "01890000-0000-7000-8000-ffffffffffff";
}

async function setDisabled(ctx: Context, person: TestUser, isDisabled: boolean): Promise<void> {
  await ctx.db.execute(sql`
    update users set disabled_at = case when ${isDisabled} then now() end where id = ${person.id}`);
}

/** Jobs that somebody's coming back has caused. */
async function countJobs(ctx: Context, { id }: TestEvent): Promise<number> {
  const begin = `registrations.pass-seats:${id}:enabled`;
  const [row] = await ctx.db.execute<{ count: number }>(sql`
    select count(*)::int as count from outbox
    where dedupe_key between ${`${begin}:`} and ${`${begin};`}`);
  return row?.count ?? 0;
}

export type State = {
  entries: { person: number; status: RegistrationStatus; offerEndsAt?: number }[];
  queue: number[];
};

/** What the database says, in the words of the model; that its counters agree is looked at elsewhere. */
export async function stateOf(real: Real): Promise<State> {
  const rows = await real.stage.ctx.db.execute<{
    user_id: string;
    status: RegistrationStatus;
    queue_no: string | null;
    offer_expires_at: string | null;
  }>(sql`
    select user_id, status, queue_no, offer_expires_at
    from registrations where event_id = ${real.event.id} order by number`);
  return {
    entries: rows.map((row) => ({
      person: real.people.findIndex(({ id }) => id === row.user_id),
      status: row.status,
      ...(row.offer_expires_at === null
        ? {}
        : { offerEndsAt: (Date.parse(row.offer_expires_at) - real.beganAt) / MINUTE }),
    })),
    queue: rows
      .map((row, number) => ({ number, queueNo: row.queue_no }))
      .filter(({ queueNo }) => queueNo !== null)
      .toSorted((one, other) => Number(one.queueNo) - Number(other.queueNo))
      .map(({ number }) => number),
  };
}

/** Everyone who waits for the draw, as the seed puts them: by a calculation of our own. */
export async function drawOrder(real: Real): Promise<number[]> {
  const rows = await real.stage.ctx.db.execute<{ id: string; status: string }>(sql`
    select id, status from registrations where event_id = ${real.event.id} order by number`);
  return rows
    .map((row, number) => ({
      number,
      status: row.status,
      lot: createHmac("sha256", Buffer.from(SEED, "hex")).update(row.id).digest("hex"),
    }))
    .filter(({ status }) => status === "pending")
    .toSorted((one, other) => (one.lot < other.lot ? -1 : 1))
    .map(({ number }) => number);
}
