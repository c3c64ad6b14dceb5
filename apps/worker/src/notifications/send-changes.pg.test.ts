import { cancel } from "@tsudoi/core/events/cancel.ts";
import { update } from "@tsudoi/core/events/update.ts";
import { createMailer, type Mailer } from "@tsudoi/core/platform/mail.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { actorOf } from "@tsudoi/core/test/bed.ts";
import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { type Letter, readLetter } from "@tsudoi/core/test/mail-letter.ts";
import { type SmtpService, startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
beforeEach(async () => {
  await stage.ctx.db.execute(sql`delete from outbox`);
});
afterAll(async () => {
  mailer.close();
  await smtp[Symbol.asyncDispose]();
});

/** Everything that waits, and what follows from it, whenever it is due; the letters of it, by their readers. */
async function runAll(): Promise<Map<string, Letter>> {
  smtp.messages.length = 0;
  for (;;) {
    await stage.ctx.db.execute(sql`
      update outbox set due_at = now(), next_at = now() where done_at is null`);
    const rows = await stage.ctx.db.execute<{ id: string }>(sql`
      select id from outbox where done_at is null order by id`);
    if (rows.length === 0) break;
    for (const { id } of rows) expect(await runJob(ctx, metrics, Number(id))).toBe("ok");
  }
  const letters = await Promise.all(smtp.messages.map(readLetter));
  return new Map(letters.map((letter) => [letter.to, letter]));
}

/** A full event, with one person seated and one waiting. */
async function aFullEvent() {
  const event = await stage.anEvent({
    capacity: 1,
    waitlistMode: "automatic",
    location: "本社",
    onlineUrl: "https://meet.example.test/room",
  });
  const people = { seated: await stage.aMember(), waiting: await stage.aMember({ locale: "en" }) };
  for (const person of Object.values(people)) {
    await register(stage.as(actorOf(person)), { eventId: event.id });
  }
  return { event, ...people };
}

const of = (letters: Map<string, Letter>, person: TestUser) => letters.get(person.email);

describe("notifications.send, from a seat to its end", () => {
  test("each letter replaces the entry of the one before, until it is taken back", async () => {
    const { event, seated, waiting } = await aFullEvent();
    const owner = stage.as(actorOf(stage.owner));
    const confirmed = await runAll();

    const change = { eventId: event.id, version: 1, apply: "this" as const, location: "別館" };
    await update(owner, change);
    const changed = await runAll();
    expect(of(changed, seated)?.text).toContain("場所：別館\n  変更前：本社");
    expect(of(changed, waiting)?.text).toContain("Where: 別館\n  Before: 本社");

    const reason = "台風のため中止します。";
    await cancel(owner, { eventId: event.id, apply: "this", reason });
    const ended = await runAll();
    for (const person of [seated, waiting]) expect(of(ended, person)?.text).toContain(reason);

    const entries = [confirmed, changed, ended].map((letters) => of(letters, seated)?.entry);
    expect(entries.map((entry) => [entry?.method, entry?.place])).toEqual([
      ["REQUEST", "本社"],
      ["REQUEST", "別館"],
      ["CANCEL", "別館"],
    ]);
    expect(new Set(entries.map((entry) => entry?.uid)).size).toBe(1);
    const sequences = entries.map((entry) => entry?.sequence ?? Number.NaN);
    expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
    for (const letters of [confirmed, changed, ended]) {
      expect(of(letters, waiting)?.entry).toBeUndefined();
    }
  });

  test("an event that is off before its confirmations are written: its end alone is told", async () => {
    const { event, seated, waiting } = await aFullEvent();
    await cancel(stage.as(actorOf(stage.owner)), { eventId: event.id, apply: "this" });
    await runAll();
    const subjects = await Promise.all(smtp.messages.map(readLetter));
    expect(subjects.map(({ to, subject }) => [to, subject]).toSorted()).toEqual(
      [
        [seated.email, "【中止】試験のイベント"],
        [waiting.email, "The event is cancelled: A test event"],
      ].toSorted(),
    );
  });
});
