import { setTimeout as wait } from "node:timers/promises";
import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { long } from "@tsudoi/core/test/config.ts";
import { aCrowd, type Crowd, type Person } from "@tsudoi/core/test/crowd.ts";
import { expectSound } from "@tsudoi/core/test/seating.ts";
import { seed } from "@tsudoi/core/test/seed.ts";
import { startSystem, type TestSystem } from "@tsudoi/core/test/system.ts";
import type { RegistrationChange } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type Change, findViolations, type Op } from "./history.ts";
import { planKills } from "./planned-kills.ts";

const PEOPLE = 60;
const TURNS = long ? 60 : 12;
const SEATS = 10;
const MOST_TRIES = 100;
const PAUSE_MS = 50;

type Stage = AsyncDisposable & { system: TestSystem; crowd: Crowd };

async function setStage(people: number): Promise<Stage> {
  await using cleanUp = new AsyncDisposableStack();
  const system = cleanUp.use(await startSystem({ apis: 2, env: { RATE_LIMITS: "off" } }));
  const crowd = cleanUp.use(await aCrowd(system, people));
  const owned = cleanUp.move();
  return { system, crowd, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

let requests = 0;

type Told = { op: Op; registrationId?: string };

/** Asked of either process until somebody answers, under one key. */
async function ask(
  { system }: Stage,
  person: Person,
  [procedure, input]: [string, unknown],
): Promise<Told> {
  requests += 1;
  const id = `history-${requests}`;
  const op: Op = { requestIds: [], sentAt: performance.now(), answeredAt: 0, told: "nothing" };
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const running = system.apis.filter((api) => api.running());
    const { url = "" } = running[(requests + tries) % running.length] ?? {};
    op.requestIds.push(`${id}-${tries}`);
    const headers = { "idempotency-key": id, "x-request-id": `${id}-${tries}` };
    try {
      const answer = await call<RegistrationChange>(url, [procedure, input], {
        token: person.token,
        headers,
      });
      op.answeredAt = performance.now();
      if (!answer.ok) return { op: { ...op, told: answer.reason } };
      const { registration } = answer.data;
      return { op: { ...op, told: registration.status }, registrationId: registration.id };
    } catch {
      await wait(PAUSE_MS);
    }
  }
  return { op };
}

/** What somebody does next who stands there: mostly they leave again, so that others come. */
function nextStep(status: string, chance: number): string {
  if (status !== "offered") return "registrations.cancel";
  return chance < 0.5 ? "registrations.acceptOffer" : "registrations.declineOffer";
}

/** How they stand, as their own page would say; nothing while nobody answers. */
async function readStatus(
  { system }: Stage,
  person: Person,
  registrationId: string,
): Promise<string> {
  const url = system.apis.findLast((api) => api.running())?.url ?? "";
  try {
    const answer = await call<{ status: string }>(url, ["registrations.get", { registrationId }], {
      token: person.token,
      query: true,
    });
    return answer.ok ? answer.data.status : answer.reason;
  } catch {
    return "unknown";
  }
}

async function readChanges({ crowd }: Stage, event: TestEvent): Promise<Change[]> {
  const rows = await crowd.ctx.db.execute<{
    request_id: string;
    entity_id: string;
    details: { from?: string; to?: string; status?: string; seq: number };
  }>(sql`
    select a.request_id, a.entity_id, a.details
    from audit_log a join registrations r on r.id = a.entity_id
    where r.event_id = ${event.id}`);
  return rows.map(({ request_id, entity_id, details }) => ({
    requestId: request_id,
    registrationId: entity_id,
    seq: details.seq,
    to: details.to ?? details.status ?? "",
    ...(details.from === undefined ? {} : { from: details.from }),
  }));
}

/** Come, go, accept and decline, all at once, through both processes. */
async function live(stage: Stage, event: TestEvent, onAnswer: () => void): Promise<Op[]> {
  const ops: Op[] = [];
  const one = async (person: Person, index: number) => {
    let registrationId: string | undefined;
    for (let turn = 0; turn < TURNS; turn += 1) {
      const told: Told =
        registrationId === undefined
          ? await ask(stage, person, ["registrations.register", { eventId: event.id }])
          : await ask(stage, person, [
              nextStep(
                await readStatus(stage, person, registrationId),
                ((index * 7 + turn * 13) % 10) / 10,
              ),
              { registrationId },
            ]);
      ops.push(told.op);
      onAnswer();
      const stays = told.op.told === "confirmed" || told.op.told === "waitlisted";
      registrationId = stays ? (told.registrationId ?? registrationId) : undefined;
    }
  };
  await Promise.all(stage.crowd.people.map(one));
  return ops;
}

describe("people come and go through two processes that are killed at random", () => {
  test.for(["automatic", "offer"] as const)(
    "with a waitlist that is %s, the history has no violation",
    async (waitlistMode, { annotate }) => {
      await annotate(`TEST_SEED=${seed} kills the same at the same answers again`);
      const nextKill = planKills(seed);
      await using stage = await setStage(PEOPLE);
      const { system, crowd } = stage;
      const event = await anEvent(crowd.ctx, crowd.owner, { capacity: SEATS, waitlistMode });
      let answers = 0;
      let kills = 0;
      let next = nextKill();
      let dueAt = next.answers;
      let replacing: Promise<unknown> = Promise.resolve();
      const ops = await live(stage, event, () => {
        answers += 1;
        if (answers < dueAt) return;
        const { victim } = next;
        next = nextKill();
        dueAt += next.answers;
        kills += 1;
        replacing = replacing.then(async () => {
          const running = system.apis.filter((api) => api.running());
          await running[Math.floor(victim * running.length)]?.kill();
          await system.startApi();
        });
      });
      await replacing;
      expect(kills).toBeGreaterThanOrEqual(5);
      expect(ops.filter(({ told }) => told === "nothing")).toEqual([]);
      expect(ops.some(({ requestIds }) => requestIds.length > 1)).toBe(true);
      const changes = await readChanges(stage, event);
      expect(changes.length).toBeGreaterThan(PEOPLE * 5);
      expect(findViolations({ capacity: SEATS, ops, changes })).toEqual([]);
      await expectSound(crowd.ctx, event);
    },
  );
});

describe("fifty leave while fifty come", () => {
  test("no seat is free beside somebody who waits, at any moment that can be seen", async () => {
    await using stage = await setStage(150);
    const { crowd } = stage;
    const event = await anEvent(crowd.ctx, crowd.owner, {
      capacity: 50,
      waitlistMode: "automatic",
    });
    const register = (person: Person) =>
      ask(stage, person, ["registrations.register", { eventId: event.id }]);
    const seated = await Promise.all(crowd.people.slice(0, 50).map(register));
    await Promise.all(crowd.people.slice(50, 100).map(register));
    const seen: unknown[] = [];
    let isOver = false;
    const looking = (async () => {
      while (!isOver) {
        seen.push(
          ...(await crowd.ctx.db.execute(sql`
            select seats_taken, waitlist_length from events
            where id = ${event.id} and seats_taken < capacity and waitlist_length > 0`)),
        );
      }
    })();
    const leaving = seated.map(({ registrationId }, index) => {
      const person = crowd.people[index];
      if (person === undefined) throw new Error("nobody leaves");
      return ask(stage, person, ["registrations.cancel", { registrationId }]);
    });
    const ends = await Promise.all([...leaving, ...crowd.people.slice(100).map(register)]);
    isOver = true;
    await looking;
    expect(ends.map(({ op }) => op.told).toSorted()).toEqual([
      ...Array(50).fill("cancelled"),
      ...Array(50).fill("waitlisted"),
    ]);
    expect(seen).toEqual([]);
    await expectSound(crowd.ctx, event);
  });
});
