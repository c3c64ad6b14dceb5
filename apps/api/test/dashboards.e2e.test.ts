import type { Context } from "@tsudoi/core/db/context.ts";
import { registrations } from "@tsudoi/core/db/schema/registrations.ts";
import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { aCrowd } from "@tsudoi/core/test/crowd.ts";
import { startSystem } from "@tsudoi/core/test/system.ts";
import { DASHBOARDS } from "@tsudoi/telemetry/artefacts.ts";
import { emptyTargets, look, targetsOf } from "@tsudoi/telemetry/test/panels.ts";
import { startPrometheus } from "@tsudoi/telemetry/test/prometheus.ts";
import { expect, test, vi } from "vitest";
import { register } from "./rush.ts";

const ROUNDS = 200;
const SEATS = 120;
const FILLED = { timeout: 90_000, interval: 500 };
/** More and nobody can tell them apart. */
const LINES = 12;

test("a used system leaves no panel empty, breaks no rule and is counted right", async () => {
  await using system = await startSystem({ apis: 2, workers: 1 });
  await using crowd = await aCrowd(system, ROUNDS);
  const { ctx, owner, people } = crowd;
  const event = await anEvent(ctx, owner, { capacity: SEATS });
  await using prometheus = await startPrometheus({
    api: system.apis.map(({ metricsUrl }) => new URL(metricsUrl).host),
    worker: system.workers.map(({ metricsUrl }) => new URL(metricsUrl).host),
  });
  let rounds = 0;

  await vi.waitFor(async () => {
    await useIt();
    expect(await emptyTargets(prometheus, DASHBOARDS)).toEqual([]);
  }, FILLED);

  await vi.waitFor(async () => expect(await prometheus.brokenRules()).toEqual([]), FILLED);
  for (const target of targetsOf(DASHBOARDS).filter(({ instant }) => !instant)) {
    const { lines } = await look(prometheus, target);
    expect(lines, target.panel).toBeLessThanOrEqual(LINES);
  }
  await vi.waitFor(async () => {
    const confirmed = 'sum(registration_attempts_total{outcome="confirmed"})';
    const [counted] = await prometheus.instant(confirmed);
    expect(counted?.values).toEqual([Math.min(rounds, SEATS)]);
  }, FILLED);

  async function useIt(): Promise<void> {
    const person = people[rounds % ROUNDS]!;
    const { url } = system.apis[rounds % system.apis.length]!;
    const { token } = person;
    const eventId = event.id;
    await call(url, ["events.list", {}], { token, query: true });
    await call(url, ["events.get", { eventId }], { token, query: true });
    await register(url, { eventId, person });
    await anOfferThatIsOver(ctx, { owner, person });
    rounds += 1;
  }
}, 240_000);

/** A seat that was held until now, and the job that comes at its end. */
async function anOfferThatIsOver(
  ctx: Context,
  { owner, person }: { owner: TestUser; person: TestUser },
): Promise<void> {
  const offerExpiresAt = new Date();
  const event = await anEvent(ctx, owner, {
    waitlistMode: "offer",
    capacity: 1,
    seatsTaken: 1,
    offersEndAt: offerExpiresAt,
  });
  const key = { organizationId: event.organizationId, eventId: event.id };
  await ctx.db.insert(registrations).values({
    ...key,
    userId: person.id,
    status: "offered",
    seq: 1,
    number: 1,
    offerExpiresAt,
  });
  const { organizationId, eventId } = key;
  await enqueue(ctx, "registrations.pass-seats", [{ organizationId, payload: { eventId } }]);
}
