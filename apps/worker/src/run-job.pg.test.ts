import { readFile } from "node:fs/promises";
import { enqueue } from "@tsudoi/core/jobs/enqueue.ts";
import { NO_DEADLINE } from "@tsudoi/core/platform/deadline.ts";
import { createLogger } from "@tsudoi/core/platform/log.ts";
import { createMailer } from "@tsudoi/core/platform/mail.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { actorOf } from "@tsudoi/core/test/bed.ts";
import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { type SmtpService, startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import { HOUR, MINUTE } from "@tsudoi/shared/time.ts";
import { createMetrics, type Metrics } from "@tsudoi/telemetry/metrics.ts";
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

/** What an operator sends when the cause of refusals is cured. */
async function theRunbooksCommand(): Promise<string> {
  const runbook = new URL("../../../docs/runbooks/mail-failure-rate-high.md", import.meta.url);
  const [, command] = /-c "(with again as .+)"$/m.exec(await readFile(runbook, "utf8")) ?? [];
  return command ?? "";
}

async function sampleOf(from: Metrics, series: string): Promise<number> {
  const { body } = await from.render();
  const line = body.split("\n").find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length));
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
    const metrics = createMetrics("worker");
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const log = createLogger({ app: "test", level: "warn", destination });
    smtp.behave("refuse");
    const { id, person, registrationId } = await aWaitingMail();
    expect(await runJob({ ...ctx, log }, metrics, id)).toBe("refused");
    expect(await ledgerOf(registrationId)).toMatchObject({ status: "failed", reason: "refused" });
    expect(await look(id)).toMatchObject({ done: true });
    expect(await runJob(ctx, metrics, id)).toBe("skipped");
    const refused = `job_attempts_total{queue="mail",job_name="registrations.send-confirmation",outcome="refused"}`;
    expect(await sampleOf(metrics, refused)).toBe(1);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: "warn", outbox_id: id }]);
    expect(lines.join()).toContain("MailRefusedError");
    expect(lines.join()).not.toContain(person.email);
  });

  test("is not given up for a server that refuses everybody, and what was goes again", async () => {
    smtp.behave("refuse");
    const mails: Awaited<ReturnType<typeof aWaitingMail>>[] = [];
    for (let mail = 0; mail < 11; mail += 1) mails.push(await aWaitingMail());
    const ends: string[] = [];
    for (const { id } of mails) ends.push(await runJob(ctx, metrics, id));
    expect(ends).toEqual([
      ...Array.from({ length: 4 }, () => "refused"),
      ...Array.from({ length: 5 }, () => "retry"),
      ...Array.from({ length: 2 }, () => "skipped"),
    ]);
    const kept = await Promise.all(
      mails.slice(4).map(({ registrationId }) => ledgerOf(registrationId)),
    );
    expect(new Set(kept.map((row) => row?.status))).toEqual(new Set(["queued"]));

    smtp.behave("accept");
    const mailer = createMailer({ url: smtp.url, from: "Tsudoi <tsudoi@example.test>" });
    await stage.ctx.db.execute(await theRunbooksCommand());
    const again = await stage.ctx.db.execute<{ id: string }>(sql`
      select id from outbox where done_at is null and deliveries = 0 and attempts = 0
        and id > ${mails.at(-1)?.id ?? 0}`);
    for (const { id } of again) await runJob({ ...ctx, mailer }, metrics, Number(id));
    mailer.close();
    const readers = smtp.messages.flatMap((message) => message.to);
    expect(readers).toEqual(
      expect.arrayContaining(mails.slice(0, 4).map(({ person }) => person.email)),
    );
  });

  test("tries again later, with growing pauses, and gives up in the end", async () => {
    smtp.behave("tempfail");
    const { id, registrationId } = await aWaitingMail();
    const ends: string[] = [];
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const mailer = createMailer({ url: smtp.url, from: "Tsudoi <tsudoi@example.test>" });
      ends.push(await runJob({ ...ctx, mailer }, metrics, id));
      expect(await runJob({ ...ctx, mailer }, metrics, id)).toBe("skipped");
      mailer.close();
      await stage.ctx.db.execute(
        sql`update outbox set due_at = due_at - interval '1 day' where id = ${id}`,
      );
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

  test("an open breaker's refusal uses no attempt, and counts as none", async () => {
    const metrics = createMetrics("worker");
    smtp.behave("turn-away");
    const ids: number[] = [];
    for (let mail = 0; mail < 12; mail += 1) ids.push((await aWaitingMail()).id);
    const ends: string[] = [];
    for (const id of ids) ends.push(await runJob(ctx, metrics, id));
    expect(ends).toContain("skipped");
    expect(ends.indexOf("skipped")).toBe(5);
    const skipped = ids[ends.indexOf("skipped")] ?? 0;
    expect(await look(skipped)).toMatchObject({ done: false, dead: false, attempts: 0 });
    const handled = 'job_process_duration_seconds_count{queue="mail",outcome="error"}';
    expect(await sampleOf(metrics, handled)).toBe(5);
  });

  test("waits as long as the database's clock says, whatever the worker's", async () => {
    const metrics = createMetrics("worker");
    const { id } = await aWaitingMail();
    await stage.ctx.db.execute(sql`
      update outbox set due_at = due_at - interval '100 seconds' where id = ${id}`);
    const slow = () => new Date(Date.now() - HOUR);
    expect(await runJob({ ...ctx, now: slow }, metrics, id)).toBe("ok");
    const waited = await sampleOf(metrics, 'job_wait_duration_seconds_sum{queue="mail"}');
    expect(waited).toBeGreaterThanOrEqual(100);
    expect(waited).toBeLessThan(200);
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

describe("a run whose end cannot be written", () => {
  test("is taken over, too", async () => {
    const { id } = await aWaitingMail();
    await stage.ctx.db.execute(sql`
      alter table outbox add constraint no_end check (done_at is null and attempts = 0) not valid`);
    const begun = vi.spyOn(globalThis, "setInterval");
    const ended = vi.spyOn(globalThis, "clearInterval");
    try {
      await expect(runJob(ctx, metrics, id)).rejects.toThrow();
      expect(begun).toHaveBeenCalledOnce();
      expect(ended).toHaveBeenCalledWith(begun.mock.results[0]?.value);
    } finally {
      vi.restoreAllMocks();
      await stage.ctx.db.execute(sql`alter table outbox drop constraint no_end`);
    }
    await stage.ctx.db.execute(sql`
      update outbox set running_until = now() - interval '1 second' where id = ${id}`);
    expect(await runJob(ctx, metrics, id)).toBe("ok");
  });
});
