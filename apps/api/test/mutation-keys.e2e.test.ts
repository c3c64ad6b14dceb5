import { randomUUID } from "node:crypto";
import { tokenFor } from "@tsudoi/core/test/call.ts";
import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MATRIX } from "./matrix.ts";
import { mutations } from "./procedures.ts";
import { procedureUrl, type Stage, send, setStage } from "./stage.ts";
import { aGuest, aWorld, tokenOf, type World } from "./world.ts";

let stage: Stage;
let world: World;
beforeAll(async () => {
  stage = await setStage();
  world = await aWorld(stage);
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Signing in and out is no change that a caller repeats under a key. */
const KEYED = mutations.filter((name) => !name.startsWith("auth.") || name === "auth.setLocale");
const FIVE_AT_ONCE = 5;

describe("a key that comes five times at once, and once more when all is done", () => {
  test.each(KEYED)("is one change and one answer: %s", async (name) => {
    const { statuses, texts, traces } = await askRepeatedly(name, () => `once-${name}`);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(texts.size).toBe(1);
    expect(traces.after).toEqual(traces.before);
  });

  test("and a key for each time would be seen as many", async () => {
    const { texts, traces } = await askRepeatedly("events.create", randomUUID);
    expect(texts.size).toBe(FIVE_AT_ONCE + 1);
    expect(traces.after).not.toEqual(traces.before);
  });
});

async function askRepeatedly(name: Procedure, nextKey: () => string) {
  const { input, token } = await asker(name);
  const body = JSON.stringify(input);
  const ask = () => {
    const headers = { "idempotency-key": nextKey() };
    return send(procedureUrl(stage.url, name), { token, body, headers });
  };
  const first = await Promise.all(Array.from({ length: FIVE_AT_ONCE }, ask));
  const before = await readTraces();
  const answers = [...first, await ask()];
  return {
    statuses: answers.map(({ status }) => status),
    texts: new Set(answers.map(({ text }) => text)),
    traces: { before, after: await readTraces() },
  };
}

/** Who may do it: the owner of the event, but for what is the person's own. */
async function asker(name: Procedure): Promise<{ input: unknown; token: string | undefined }> {
  if (name === "registrations.acceptOffer" || name === "registrations.declineOffer") {
    return anOffer();
  }
  return { input: await MATRIX[name].input(world), token: await tokenOf(world, "owner") };
}

async function anOffer() {
  const { organizationId, ctx } = stage;
  const { registrationId } = await aGuest(world);
  const [row] = await ctx.db.execute<{ user_id: string }>(sql`
    update registrations set status = 'offered', offer_expires_at = now() + interval '1 hour'
    where id = ${registrationId} returning user_id`);
  const person = { organizationId, id: row!.user_id, role: "member" as const };
  return { input: { registrationId }, token: await tokenFor(stage.system.tokens, person) };
}

/** What any change leaves behind. */
async function readTraces() {
  const [row] = await stage.ctx.db.execute(sql`
    select (select count(*) from audit_log) as audited, (select count(*) from outbox) as queued,
      (select count(*) from notifications) as told, (select count(*) from registrations) as places,
      (select array[count(*), sum(version), sum(seq)] from events) as events`);
  return row;
}
