import { readFile } from "node:fs/promises";
import { draw } from "@tsudoi/core/events/draw.ts";
import { createMailer, type Mailer } from "@tsudoi/core/platform/mail.ts";
import { acceptOffer } from "@tsudoi/core/registrations/accept-offer.ts";
import { add } from "@tsudoi/core/registrations/add.ts";
import { approve } from "@tsudoi/core/registrations/approve.ts";
import { cancel } from "@tsudoi/core/registrations/cancel.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { actorOf } from "@tsudoi/core/test/bed.ts";
import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { type SmtpService, startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { JobContext } from "#worker/handlers.ts";
import { runJob } from "#worker/run-job.ts";

const PUBLIC_URL = "https://tsudoi.example.test";

const stage = useStage();
const metrics = createMetrics("worker");
let smtp: SmtpService;
let mailer: Mailer;
let ctx: JobContext;
beforeAll(async () => {
  smtp = await startSmtp();
});
beforeEach(async () => {
  smtp.behave("accept");
  smtp.messages.length = 0;
  await stage.ctx.db.execute(sql`delete from outbox`);
  mailer = createMailer({ url: smtp.url, from: "Tsudoi <tsudoi@example.test>" });
  ctx = { ...stage.ctx, mailer, publicUrl: PUBLIC_URL };
});
afterEach(() => {
  mailer.close();
  stage.setNow(new Date());
});
afterAll(() => smtp[Symbol.asyncDispose]());

/** Runs what waits and is mail, in the order it was written. */
async function sendAll(): Promise<string[]> {
  const rows = await stage.ctx.db.execute<{ id: string }>(sql`
    select id from outbox where done_at is null and payload ? 'notificationId' order by id`);
  const ends: string[] = [];
  for (const { id } of rows) ends.push(await runJob(ctx, metrics, Number(id)));
  return ends;
}

/** What became of an event's messages, in the order in which their jobs were written. */
async function ledger(eventId: string) {
  const rows = await stage.ctx.db.execute(sql`
    select kind, status, reason from notifications message
    where event_id = ${eventId}
    order by (select min(id) from outbox where payload ->> 'notificationId' = message.id::text)`);
  return rows.map(({ kind, status, reason }) => [kind, status, reason]);
}

/** A full event, who has its seat, and who waits for it. */
async function aFullEvent(waitlistMode: "automatic" | "offer") {
  const event = await stage.anEvent({ capacity: 1, waitlistMode });
  const seated = await join(event, await stage.aMember());
  const waiting = await join(event, await stage.aMember({ locale: "en" }));
  await sendAll();
  smtp.messages.length = 0;
  return { event, seated, waiting };
}

type Place = { person: TestUser; registrationId: string };
async function join(event: { id: string }, person: TestUser): Promise<Place> {
  const { registration } = await register(stage.as(actorOf(person)), { eventId: event.id });
  return { person, registrationId: registration.id };
}
const leave = ({ person, registrationId }: Place) =>
  cancel(stage.as(actorOf(person)), { registrationId });
const accept = ({ person, registrationId }: Place) =>
  acceptOffer(stage.as(actorOf(person)), { registrationId });

const CONFIRMATIONS = [
  ["registrations.confirmation", "sent", null],
  ["registrations.confirmation", "sent", null],
];

describe("notifications.send", () => {
  test("does the thing: who leaves and who gets the seat are both told", async () => {
    const { event, seated, waiting } = await aFullEvent("automatic");
    await leave(seated);
    expect(await sendAll()).toEqual(["ok", "ok"]);
    expect(smtp.messages.map(({ to }) => to)).toEqual([
      [seated.person.email],
      [waiting.person.email],
    ]);
    const methods = smtp.messages.map(({ raw }) => /method=(\w+)/i.exec(raw)?.[1]);
    expect(methods).toEqual(["CANCEL", "REQUEST"]);
    expect(await ledger(event.id)).toEqual([
      ...CONFIRMATIONS,
      ["registrations.cancellation", "sent", null],
      ["registrations.promotion", "sent", null],
    ]);
  });

  test("is safe to run twice", async () => {
    const { seated } = await aFullEvent("automatic");
    await leave(seated);
    await sendAll();
    await stage.ctx.db.execute(sql`
      update outbox set done_at = null, run = null, running_until = null, deliveries = 0`);
    await sendAll();
    expect(smtp.messages).toHaveLength(2);
  });

  test("an offer that was accepted before its mail was written is closed unsent", async () => {
    const { event, seated, waiting } = await aFullEvent("offer");
    await leave(seated);
    await accept(waiting);
    expect(await sendAll()).toEqual(["ok", "ok", "ok"]);
    expect(smtp.messages.map(({ to }) => to)).toEqual([
      [seated.person.email],
      [waiting.person.email],
    ]);
    expect(await ledger(event.id)).toEqual([
      ...CONFIRMATIONS,
      ["registrations.cancellation", "sent", null],
      ["registrations.offer", "suppressed", "superseded"],
      ["registrations.confirmation", "sent", null],
    ]);
  });

  test("a cancellation is told whatever came before it", async () => {
    const { event, seated, waiting } = await aFullEvent("automatic");
    await leave(seated);
    await leave(waiting);
    await sendAll();
    expect(await ledger(event.id)).toEqual([
      ...CONFIRMATIONS,
      ["registrations.cancellation", "sent", null],
      ["registrations.promotion", "suppressed", "superseded"],
      ["registrations.cancellation", "sent", null],
    ]);
  });

  test("who is promoted before they were told that they wait reads of their seat alone", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const seated = await join(event, await stage.aMember());
    await join(event, await stage.aMember({ locale: "en" }));
    await leave(seated);
    await sendAll();
    expect(await ledger(event.id)).toEqual([
      ["registrations.confirmation", "suppressed", "superseded"],
      ["registrations.confirmation", "suppressed", "superseded"],
      ["registrations.cancellation", "sent", null],
      ["registrations.promotion", "sent", null],
    ]);
  });

  test("who is approved to a place in line and promoted before the mail leaves reads of the seat alone", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic", approval: true });
    const owner = stage.as(actorOf(stage.owner));
    const seated = await join(event, await stage.aMember());
    const { registrationId } = await join(event, await stage.aMember());
    await sendAll();
    await approve(owner, { registrationId: seated.registrationId });
    await approve(owner, { registrationId });
    await leave(seated);
    await sendAll();
    expect((await ledger(event.id)).slice(2)).toEqual([
      ["registrations.approval", "suppressed", "superseded"],
      ["registrations.approval", "suppressed", "superseded"],
      ["registrations.cancellation", "sent", null],
      ["registrations.promotion", "sent", null],
    ]);
  });

  test("whoever is put on the waitlist of an event with free seats reads one letter", async () => {
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic" });
    const { email } = await stage.aMember();
    await add(stage.as(actorOf(stage.owner)), { eventId: event.id, email, to: "waitlisted" });
    await sendAll();
    expect(await ledger(event.id)).toEqual([
      ["registrations.confirmation", "suppressed", "superseded"],
      ["registrations.promotion", "sent", null],
    ]);
  });

  test("who got a seat since the draw reads that, and not that the draw gave it", async () => {
    const drawAt = new Date(Date.now() + HOUR);
    const lottery = { allocation: "lottery" as const, drawAt, drawSeed: "ab".repeat(32) };
    const event = await stage.anEvent({ capacity: 1, waitlistMode: "automatic", ...lottery });
    const places = [
      await join(event, await stage.aMember()),
      await join(event, await stage.aMember()),
    ];
    await sendAll();
    stage.setNow(drawAt);
    const { id: eventId } = event;
    await draw(stage.as(actorOf(stage.owner)), { eventId });
    const [{ id } = { id: "" }] = await stage.ctx.db.execute<{ id: string }>(sql`
      select id from registrations where event_id = ${eventId} and status = 'confirmed'`);
    await leave(places.find(({ registrationId }) => registrationId === id) ?? places[0]!);
    stage.setNow(new Date());
    const [job] = await stage.ctx.db.execute<{ id: string }>(sql`
      select id from outbox where job = 'registrations.announce-draw' and done_at is null`);
    expect(await runJob(ctx, metrics, Number(job?.id))).toBe("ok");
    await sendAll();
    expect((await ledger(eventId)).slice(2)).toEqual([
      ["registrations.cancellation", "sent", null],
      ["registrations.promotion", "sent", null],
      ["registrations.draw-result", "suppressed", "superseded"],
      ["registrations.draw-result", "suppressed", "superseded"],
    ]);
  });

  test("tells the ledger when the address is refused, and the runbook's command sends it again", async () => {
    const { event, seated } = await aFullEvent("offer");
    await leave(seated);
    smtp.behave("refuse");
    expect(await sendAll()).toEqual(["refused", "refused"]);
    const state = async () => (await ledger(event.id)).slice(CONFIRMATIONS.length);
    expect(await state()).toEqual([
      ["registrations.cancellation", "failed", "refused"],
      ["registrations.offer", "failed", "refused"],
    ]);
    smtp.behave("accept");
    await stage.ctx.db.execute(await theRunbooksCommand());
    expect(await sendAll()).toEqual(["ok", "ok"]);
    expect(await state()).toEqual([
      ["registrations.cancellation", "sent", null],
      ["registrations.offer", "sent", null],
    ]);
    const jobs =
      await stage.ctx.db.execute(sql`select distinct job from outbox where done_at is not null
      and key = ${seated.registrationId}`);
    expect(jobs.map(({ job }) => job)).toContain("notifications.send");
  });
});

/** What an operator sends when the cause of refusals is cured. */
async function theRunbooksCommand(): Promise<string> {
  const runbook = new URL("../../../../docs/runbooks/mail-failure-rate-high.md", import.meta.url);
  const [, command] = /-c "(with again as .+)"$/m.exec(await readFile(runbook, "utf8")) ?? [];
  return command ?? "";
}
