import { cancel } from "@tsudoi/core/events/cancel.ts";
import { createSeries } from "@tsudoi/core/events/create-series.ts";
import { publish } from "@tsudoi/core/events/publish.ts";
import { update } from "@tsudoi/core/events/update.ts";
import { createMailer, type Mailer } from "@tsudoi/core/platform/mail.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { actorOf } from "@tsudoi/core/test/bed.ts";
import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { anInput } from "@tsudoi/core/test/event-changes.ts";
import { type SmtpService, startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JobContext } from "#worker/handlers.ts";
import { runJob } from "#worker/run-job.ts";

const stage = useStage();
const metrics = createMetrics("worker");
let smtp: SmtpService;
let mailer: Mailer;
let ctx: JobContext;
beforeAll(async () => {
  smtp = await startSmtp();
  mailer = createMailer({ url: smtp.url, from: "Tsudoi <tsudoi@example.test>" });
  ctx = { ...stage.ctx, mailer, publicUrl: "https://tsudoi.example.test" };
});
afterAll(async () => {
  mailer.close();
  await smtp[Symbol.asyncDispose]();
});

/** Runs what waits until nothing does, as if every pause were over. */
async function runAll(): Promise<void> {
  for (;;) {
    const rows = await stage.ctx.db.execute<{ id: string }>(sql`
      update outbox set due_at = now(), next_at = now() where done_at is null returning id`);
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => Number(id)).toSorted((one, other) => one - other);
    for (const id of ids) expect(await runJob(ctx, metrics, id)).toBe("ok");
  }
}

const received = () =>
  smtp.messages.map(({ to, raw }) => ({
    to: to.join(),
    subject: /^Subject: (.+)$/m.exec(raw)?.[1]?.trim() ?? "",
  }));

test("of a weekly series of ten one is moved and one is off: the people of those two are written to", async () => {
  const owner = stage.as(actorOf(stage.owner));
  const startsAt = new Date(Date.now() + 10 * DAY);
  const { events } = await createSeries(owner, {
    event: anInput({ startsAt: startsAt.toISOString() }),
    rrule: "FREQ=WEEKLY;COUNT=10",
  });
  const ids = events.map(({ id }) => id);
  const [first = "", , moved = "", , off = ""] = ids;
  await publish(owner, { eventId: first, apply: "all", allowMissingTranslation: false });
  const guests = new Map<string, TestUser>();
  for (const eventId of [first, moved, off]) {
    const guest = await stage.aMember({ locale: "en" });
    await register(stage.as(actorOf(guest)), { eventId });
    guests.set(eventId, guest);
  }
  await runAll();
  smtp.messages.length = 0;

  const start = new Date(startsAt.getTime() + 15 * DAY);
  await update(owner, {
    eventId: moved,
    version: 2,
    apply: "this",
    startsAt: start.toISOString(),
    endsAt: new Date(start.getTime() + HOUR).toISOString(),
  });
  await cancel(owner, { eventId: off, apply: "this", reason: "Typhoon" });
  await runAll();

  const mails = received().toSorted((one, other) => one.subject.localeCompare(other.subject));
  expect(mails).toEqual([
    { to: guests.get(moved)?.email, subject: "Changed: Study group" },
    { to: guests.get(off)?.email, subject: "The event is cancelled: Study group" },
  ]);
  const rows = await stage.ctx.db.execute<{ id: string; status: string; version: number }>(sql`
    select id, status, version from events where id = any(${sql.param(ids)}::uuid[])
    order by starts_at`);
  const others = rows.filter(({ id }) => id !== moved && id !== off);
  expect(others).toEqual(others.map(({ id }) => ({ id, status: "published", version: 2 })));
  expect(others).toHaveLength(8);
});
