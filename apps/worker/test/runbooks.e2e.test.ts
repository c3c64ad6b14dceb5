import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { aCrowd, type Crowd } from "@tsudoi/core/test/crowd.ts";
import { startSystem, type TestSystem } from "@tsudoi/core/test/system.ts";
import { sql } from "drizzle-orm";
import { Redis } from "ioredis";
import { expect, test, vi } from "vitest";

const FOLDER = new URL("../../../docs/runbooks/", import.meta.url);
const TOLD = { timeout: 30_000, interval: 250 };

type Recipe = { runbook: string; app: string; greps: string };

/** What a runbook looks for in the log of a process. */
function recipes(): Recipe[] {
  return readdirSync(FOLDER).flatMap((runbook) => {
    const text = readFileSync(new URL(runbook, FOLDER), "utf8");
    return [...text.matchAll(/ logs --since \S+ (api|worker) \| (grep .+)$/gm)].map(
      ([, app = "", greps = ""]) => ({ runbook, app, greps }),
    );
  });
}

/** Asked with the shell, as at night. */
function finds({ app, greps }: Recipe, lines: string[]): boolean {
  const input = lines.filter((line) => line.includes(`"app":"${app}"`)).join("\n");
  return spawnSync("sh", ["-c", greps], { input, encoding: "utf8" }).stdout !== "";
}

test("what a runbook looks for in the log is there once its cause is, and not before", async () => {
  const lines: string[] = [];
  await using system = await startSystem({ workers: 1, onLog: (line) => void lines.push(line) });
  await using crowd = await aCrowd(system, 3);
  expect(recipes().length).toBeGreaterThanOrEqual(9);
  const found = (name: string) =>
    recipes().filter((one) => one.runbook === `${name}.md` && finds(one, lines)).length;
  const told = (name: string) => vi.waitFor(() => expect(found(name), name).toBe(1), TOLD);
  expect(recipes().filter((one) => finds(one, lines))).toEqual([]);

  const registerAs = await aWayIn(system, crowd);
  system.smtp.behave("turn-away");
  expect(await registerAs(0)).toBe(200);
  await told("mail-circuit-open");
  await told("mail-failure-rate-high");

  const redis = new Redis(system.redis.url);
  await redis.config("SET", "maxmemory", "1");
  expect(await registerAs(1)).toBe(200);
  await told("outbox-stuck");
  redis.disconnect();

  expect(found("queue-without-workers")).toBe(0);
  await system.redis.stop();
  await told("queue-without-workers");
  await told("queue-state-unknown");

  await crowd.ctx.db.execute(sql`alter table registrations rename to mislaid`);
  await told("invariants-unchecked");
  expect(await registerAs(2)).toBe(500);
  for (const name of ["api-error-rate-high", "slo-api-availability"]) await told(name);
  for (const name of ["registration-failure-rate-high", "slo-registration-success"])
    await told(name);
  expect(recipes().filter((one) => !finds(one, lines))).toEqual([]);
}, 120_000);

/** One tap of one of the crowd, and the status of its answer. */
async function aWayIn(system: TestSystem, { ctx, owner, people }: Crowd) {
  const { id: eventId } = await anEvent(ctx, owner);
  return async (index: number): Promise<number> => {
    const url = system.apis[0]?.url ?? "";
    const token = people[index]?.token ?? "";
    const answer = await call(url, ["registrations.register", { eventId }], { token });
    return answer.status;
  };
}
