import { MAIL_CONNECTIONS } from "@tsudoi/core/platform/mail.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { aCrowd } from "@tsudoi/core/test/crowd.ts";
import { startSystem } from "@tsudoi/core/test/system.ts";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";

const PEOPLE = 60;

test("the mail server is down for a while: no mail is lost, few have spent an attempt", async () => {
  await using system = await startSystem({ apis: 1, workers: 1 });
  await using crowd = await aCrowd(system, PEOPLE);
  const { ctx, owner, people } = crowd;
  const event = await anEvent(ctx, owner, { capacity: PEOPLE });
  const metrics = async () => await (await fetch(system.workers[0]?.metricsUrl ?? "")).text();

  system.smtp.behave("turn-away");
  const [api] = system.apis;
  const input = { eventId: event.id };
  const answers = await Promise.all(
    people.map(({ token }) => call(api?.url ?? "", ["registrations.register", input], { token })),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  await vi.waitFor(
    async () =>
      expect(await metrics()).toContain('circuit_breaker_state{dependency="mail",state="open"} 1'),
    { timeout: 20_000 },
  );
  const [spent] = await ctx.db.execute<{ rows: number }>(sql`
    select count(*)::int as rows from outbox where attempts > 0`);
  expect(spent?.rows).toBeLessThanOrEqual(2 * MAIL_CONNECTIONS);

  system.smtp.behave("accept");
  await vi.waitFor(() => expect(system.smtp.messages.length).toBeGreaterThanOrEqual(PEOPLE), {
    timeout: 60_000,
    interval: 100,
  });
  const readers = system.smtp.messages.flatMap((message) => message.to);
  expect(new Set(readers)).toEqual(new Set(people.map((person) => person.email)));
}, 120_000);
