import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import {
  claimDue,
  finishRun,
  keepRun,
  killRun,
  postponeRun,
  type Run,
  retryRun,
  startRun,
  unclaim,
} from "@tsudoi/core/jobs/outbox.ts";
import { NO_DEADLINE } from "@tsudoi/core/platform/deadline.ts";
import { createMailer } from "@tsudoi/core/platform/mail.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { actorOf } from "@tsudoi/core/test/bed.ts";
import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { type SmtpService, startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { JobContext } from "./handlers.ts";
import { runJob } from "./run-job.ts";

const MOST_ATTEMPTS = 12;

const stage = useStage();
let smtp: SmtpService;
let ctx: JobContext;
const metrics = createMetrics("worker");

beforeAll(async () => {
  smtp = await startSmtp();
});
beforeEach(() => {
  smtp.behave("accept");
  smtp.messages.length = 0;
  // A mailer of its own for each test: an open breaker would answer for the next.
  const mailer = createMailer({ url: smtp.url, from: "Tsudoi <tsudoi@example.test>" });
  ctx = { ...stage.ctx, mailer, publicUrl: "https://tsudoi.example.test" };
});
afterAll(() => smtp[Symbol.asyncDispose]());

type OutboxRow = {
  id: number;
  done: boolean;
  dead: boolean;
  attempts: number;
  last_error: string | null;
};

function refuse(): Promise<void> {
  throw new Error("no effect without its row");
}

/** A registration whose confirmation waits in the outbox. */
async function aWaitingMail(): Promise<{ id: number; person: TestUser; registrationId: string }> {
  const event = await stage.anEvent();
  const person = await stage.aMember();
  const { registration } = await register(stage.as(actorOf(person)), { eventId: event.id });
  const [row] = await stage.ctx.db.execute<{ id: string }>(sql`
    select id from outbox where key = ${registration.id}`);
  return { id: Number(row?.id), person, registrationId: registration.id };
}

async function look(id: number): Promise<OutboxRow | undefined> {
  const [row] = await stage.ctx.db.execute<OutboxRow>(sql`
    select id, done_at is not null as done, dead_at is not null as dead, attempts, last_error
    from outbox where id = ${id}`);
  return row;
}

async function ledgerOf(registrationId: string): Promise<Record<string, unknown> | undefined> {
  const [row] = await stage.ctx.db.execute(sql`
    select status, reason, sent_at is not null as sent from notifications
    where registration_id = ${registrationId}`);
  return row;
}

describe("registrations.send-confirmation", () => {
  test("does the thing", async () => {
    const { id, person, registrationId } = await aWaitingMail();
    expect(await runJob(ctx, metrics, id)).toBe("ok");
    expect(smtp.messages.map((message) => message.to)).toEqual([[person.email]]);
    expect(await ledgerOf(registrationId)).toEqual({ status: "sent", reason: null, sent: true });
    expect(await look(id)).toMatchObject({ done: true, dead: false });
  });

  test("is safe to run twice", async () => {
    const { id } = await aWaitingMail();
    await runJob(ctx, metrics, id);
    expect(await runJob(ctx, metrics, id)).toBe("skipped");
    expect(smtp.messages).toHaveLength(1);
  });

  test("survives a race", async () => {
    const { id } = await aWaitingMail();
    const ends = await Promise.all(Array.from({ length: 10 }, () => runJob(ctx, metrics, id)));
    expect(ends.filter((end) => end === "ok")).toHaveLength(1);
    expect(smtp.messages).toHaveLength(1);
  });

  test("is written down as sent even when its time is over by then", async () => {
    let late = 0;
    const now = performance.now.bind(performance);
    const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + late);
    using _restored = { [Symbol.dispose]: () => clock.mockRestore() };
    await using slow = await startSmtp({
      onMessage: () => {
        late = MINUTE;
      },
    });
    const mailer = createMailer({ url: slow.url, from: "Tsudoi <tsudoi@example.test>" });
    const { id, registrationId } = await aWaitingMail();
    expect(await runJob({ ...ctx, mailer, deadline: NO_DEADLINE }, metrics, id)).toBe("ok");
    expect(await ledgerOf(registrationId)).toMatchObject({ status: "sent" });
    mailer.close();
  });

  test("tells the ledger when the address is refused, and does not try again", async () => {
    smtp.behave("refuse");
    const { id, registrationId } = await aWaitingMail();
    expect(await runJob(ctx, metrics, id)).toBe("ok");
    expect(await ledgerOf(registrationId)).toMatchObject({ status: "failed", reason: "refused" });
    expect(await look(id)).toMatchObject({ done: true });
  });

  test("tries again later, with growing pauses, and gives up in the end", async () => {
    smtp.behave("tempfail");
    const { id, registrationId } = await aWaitingMail();
    const ends: string[] = [];
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const mailer = createMailer({ url: smtp.url, from: "Tsudoi <tsudoi@example.test>" });
      ends.push(await runJob({ ...ctx, mailer }, metrics, id));
      mailer.close();
    }
    expect(ends).toEqual([...Array.from({ length: MOST_ATTEMPTS - 1 }, () => "retry"), "dead"]);
    expect(await look(id)).toMatchObject({ dead: true, attempts: MOST_ATTEMPTS });
    expect(await ledgerOf(registrationId)).toMatchObject({ status: "failed", reason: "gave up" });
  });

  test("keeps the codes of a failure, not the person it names", async () => {
    smtp.behave("tempfail");
    const { id, person } = await aWaitingMail();
    expect(await runJob(ctx, metrics, id)).toBe("retry");
    const row = await look(id);
    expect(row?.last_error).toBe("MailTroubleError: EENVELOPE RCPT TO 451");
    expect(row?.last_error).not.toContain(person.email);
  });

  test("an open breaker's refusal uses no attempt", async () => {
    smtp.behave("turn-away");
    const ids: number[] = [];
    for (let mail = 0; mail < 12; mail += 1) ids.push((await aWaitingMail()).id);
    const ends: string[] = [];
    for (const id of ids) ends.push(await runJob(ctx, metrics, id));
    expect(ends).toContain("skipped");
    expect(ends.indexOf("skipped")).toBe(5);
    const skipped = ids[ends.indexOf("skipped")] ?? 0;
    expect(await look(skipped)).toMatchObject({ done: false, dead: false, attempts: 0 });
  });
});

describe("a job that this version cannot read", () => {
  test("is dead at once, with its reason", async () => {
    await enqueue(stage.ctx, "registrations.send-confirmation", [
      {
        organizationId: stage.organizationId,
        payload: { notificationId: "not an id" },
        dedupeKey: "poison",
      },
    ]);
    const [row] = await stage.ctx.db.execute<{ id: string }>(sql`
      select id from outbox where dedupe_key = 'poison'`);
    expect(await runJob(ctx, metrics, Number(row?.id))).toBe("dead");
    expect(await look(Number(row?.id))).toMatchObject({ dead: true, last_error: "VALIDATION" });
  });
});

describe("a job whose giving up fails, too", () => {
  test("is dead all the same", async () => {
    const payload = { notificationId: "01890000-0000-7000-8000-000000000000" };
    await enqueue(stage.ctx, "registrations.send-confirmation", [
      { organizationId: null, payload, dedupeKey: "nobody's" },
    ]);
    const [row] = await stage.ctx.db.execute<{ id: string }>(sql`
      select id from outbox where dedupe_key = ${"nobody's"}`);
    expect(await runJob(ctx, metrics, Number(row?.id))).toBe("dead");
    expect(await look(Number(row?.id))).toMatchObject({ dead: true, last_error: "VALIDATION" });
  });
});

describe("the outbox", () => {
  test("gives a row to one relay at a time, and again when its lease has ended", async () => {
    await stage.ctx.db.execute(sql`delete from outbox`);
    const { id } = await aWaitingMail();
    const claims = await Promise.all([claimDue(stage.ctx, 10), claimDue(stage.ctx, 10)]);
    expect(claims.flat().map((job) => job.id)).toEqual([id]);
    expect(await claimDue(stage.ctx, 10)).toEqual([]);
    await stage.ctx.db.execute(
      sql`update outbox set next_at = now() - interval '1 second', deliveries = 9 where id = ${id}`,
    );
    expect(await claimDue(stage.ctx, 10)).toMatchObject([{ id, deliveries: 10 }]);
    // However often Redis lost it, it is back within the minute.
    const [lease] = await stage.ctx.db.execute<{ seconds: number }>(
      sql`select extract(epoch from next_at - now())::float8 as seconds from outbox where id = ${id}`,
    );
    expect(lease?.seconds).toBeLessThan(50);
  });

  test("a run that died is taken over when its time is up, not before", async () => {
    const { id } = await aWaitingMail();
    expect(await startRun(stage.ctx, id)).toBeDefined();
    expect(await startRun(stage.ctx, id)).toBeUndefined();
    await stage.ctx.db.execute(
      sql`update outbox set running_until = now() - interval '1 second' where id = ${id}`,
    );
    expect(await startRun(stage.ctx, id)).toBeDefined();
  });

  test.each([
    ["finishes", (run: Run) => finishRun(stage.ctx, run, refuse)],
    ["keeps", (run: Run) => keepRun(stage.ctx, run)],
    ["puts back", (run: Run) => retryRun(stage.ctx, run, "stale")],
    ["puts off", (run: Run) => postponeRun(stage.ctx, run, 60)],
    ["gives up", (run: Run) => killRun(stage.ctx, run, { error: "stale", effect: refuse })],
  ] as const)("a run that slept through its lease %s nothing of another's", async (_, end) => {
    const { id } = await aWaitingMail();
    const stale = await startRun(stage.ctx, id);
    await stage.ctx.db.execute(sql`
      update outbox set running_until = now() - interval '1 second' where id = ${id}`);
    const current = await startRun(stage.ctx, id);
    const state = sql`select to_jsonb(outbox) as row from outbox where id = ${id}`;
    const before = await stage.ctx.db.execute(state);
    if (stale === undefined || current === undefined) throw new Error("the row was not taken");
    await end(stale);
    expect([...(await stage.ctx.db.execute(state))]).toEqual([...before]);
  });

  test("a row given back is delivered under a new number", async () => {
    await stage.ctx.db.execute(sql`delete from outbox`);
    const { id } = await aWaitingMail();
    const [first] = await claimDue(stage.ctx, 10);
    await unclaim(stage.ctx, [id]);
    await stage.ctx.db.execute(
      sql`update outbox set next_at = now() - interval '1 second' where id = ${id}`,
    );
    const [second] = await claimDue(stage.ctx, 10);
    expect([first?.deliveries, second?.deliveries]).toEqual([1, 2]);
  });

  test("a retry is due when its pause is over, and waits from then on", async () => {
    const { id } = await aWaitingMail();
    const run = await startRun(stage.ctx, id);
    if (run === undefined) throw new Error("the row was not taken");
    await retryRun(stage.ctx, run, "trouble");
    const [row] = await stage.ctx.db.execute<{ later: boolean; same: boolean }>(sql`
      select due_at > now() + interval '1 second' as later, due_at = next_at as same
      from outbox where id = ${id}`);
    expect({ ...row }).toEqual({ later: true, same: true });
  });

  test("a run whose end cannot be written is taken over, too", async () => {
    const { id } = await aWaitingMail();
    await stage.ctx.db.execute(sql`
      alter table outbox add constraint no_end check (done_at is null and attempts = 0) not valid`);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    try {
      await expect(runJob(ctx, metrics, id)).rejects.toThrow();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
      await stage.ctx.db.execute(sql`alter table outbox drop constraint no_end`);
    }
    await stage.ctx.db.execute(sql`
      update outbox set running_until = now() - interval '1 second' where id = ${id}`);
    expect(await runJob(ctx, metrics, id)).toBe("ok");
  });

  test("keeps the order of one key, and lets others pass", async () => {
    await stage.ctx.db.execute(sql`delete from outbox`);
    const payload = { notificationId: "01890000-0000-7000-8000-000000000000" };
    const job = "registrations.send-confirmation" as const;
    await enqueue(stage.ctx, job, [
      { organizationId: stage.organizationId, payload, key: "one" },
      { organizationId: stage.organizationId, payload, key: "one" },
      { organizationId: stage.organizationId, payload, key: "two" },
    ]);
    const rows = await stage.ctx.db.execute<{ id: string }>(sql`select id from outbox order by id`);
    const [first, second, other] = rows.map((row) => Number(row.id));
    expect((await claimDue(stage.ctx, 10)).map((due) => due.id)).toEqual([first, other]);
    await stage.ctx.db.execute(sql`update outbox set done_at = now() where id = ${first}`);
    expect((await claimDue(stage.ctx, 10)).map((due) => due.id)).toEqual([second]);
  });
});
