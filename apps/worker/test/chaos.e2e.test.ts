import { MAIL_CONNECTIONS } from "@tsudoi/core/platform/mail.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { aCrowd } from "@tsudoi/core/test/crowd.ts";
import { startSystem, type TestSystem } from "@tsudoi/core/test/system.ts";
import { sql } from "drizzle-orm";
import { Redis } from "ioredis";
import { expect, test, vi } from "vitest";

const PEOPLE = 300;
const FAULTS = 4;
/** What one killed worker may have handed to the mail server without having said so. */
const SLOTS = MAIL_CONNECTIONS;

test("workers are killed and Redis forgets everything: every mail arrives, repeats are rare", async () => {
  await using system = await startSystem({ apis: 1, workers: 2 });
  await using crowd = await aCrowd(system, PEOPLE);
  const { ctx, owner, people } = crowd;
  const event = await anEvent(ctx, owner, { capacity: PEOPLE });

  const share = PEOPLE / FAULTS;
  for (let fault = 0; fault < FAULTS; fault += 1) {
    const some = people.slice(fault * share, (fault + 1) * share);
    await Promise.all(
      some.map(async ({ token }) => {
        const answer = await call(
          system.apis[0]?.url ?? "",
          ["registrations.register", { eventId: event.id }],
          { token },
        );
        expect(answer.status).toBe(200);
      }),
    );
    await doHarm(system, fault);
  }

  await vi.waitFor(
    async () => {
      const [row] = await ctx.db.execute<{ open: number }>(sql`
        select count(*)::int as open from outbox where done_at is null and job = 'registrations.send-confirmation'`);
      expect(row?.open).toBe(0);
    },
    { timeout: 90_000, interval: 250 },
  );
  const readers = system.smtp.messages.flatMap((message) => message.to);
  expect(new Set(readers)).toEqual(new Set(people.map((person) => person.email)));
  expect(readers.length - PEOPLE).toBeLessThanOrEqual((FAULTS / 2) * SLOTS);
  const [ledger] = await ctx.db.execute<{ sent: number }>(sql`
    select count(*)::int as sent from notifications where status = 'sent'`);
  expect(ledger?.sent).toBe(PEOPLE);
}, 180_000);

/** In turn: a worker dies and another takes its place, or Redis is empty from one moment to the next. */
async function doHarm(system: TestSystem, fault: number): Promise<void> {
  if (fault % 2 === 0) {
    await system.workers.shift()?.kill();
    await system.startWorker();
    return;
  }
  const redis = new Redis(system.redis.url);
  await redis.flushall();
  redis.disconnect();
}
