import { MAIL_CONNECTIONS } from "@tsudoi/core/platform/mail.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { aCrowd } from "@tsudoi/core/test/crowd.ts";
import { startSystem } from "@tsudoi/core/test/system.ts";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";

const PEOPLE = 60;

// Both wait far more than they work.
test.concurrent.each([
  ["turn-away", 0],
  // One more, and they were refused by the server rather than for who they are.
  ["refuse", 4],
] as const)(
  "the mail server does %s for a while: %i are given up, few of the others have spent an attempt",
  async (behaviour, most) => {
    await using system = await startSystem({ apis: 1, workers: 1 });
    await using crowd = await aCrowd(system, PEOPLE);
    const { ctx, owner, people } = crowd;
    const event = await anEvent(ctx, owner, { capacity: PEOPLE });
    const metrics = async () => await (await fetch(system.workers[0]?.metricsUrl ?? "")).text();

    system.smtp.behave(behaviour);
    const [api] = system.apis;
    const input = { eventId: event.id };
    const answers = await Promise.all(
      people.map(({ token }) => call(api?.url ?? "", ["registrations.register", input], { token })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await vi.waitFor(
      async () =>
        expect(await metrics()).toContain(
          'circuit_breaker_state{dependency="mail",state="open"} 1',
        ),
      { timeout: 20_000 },
    );
    const [spent] = await ctx.db.execute<{ rows: number }>(sql`
    select count(*)::int as rows from outbox where attempts > 0`);
    expect(spent?.rows).toBeLessThanOrEqual(2 * MAIL_CONNECTIONS);

    system.smtp.behave("accept");
    const arrived = PEOPLE - most;
    await vi.waitFor(() => expect(system.smtp.messages.length).toBeGreaterThanOrEqual(arrived), {
      timeout: 60_000,
      interval: 100,
    });
    const refused = await ctx.db.execute<{ email: string }>(sql`
    select u.email from notifications n join users u on u.id = n.user_id
    where n.status = 'failed' and n.reason = 'refused'`);
    expect(refused).toHaveLength(most);
    const readers = system.smtp.messages.flatMap((message) => message.to);
    expect(new Set([...readers, ...refused.map(({ email }) => email)])).toEqual(
      new Set(people.map((person) => person.email)),
    );
  },
  120_000,
);
