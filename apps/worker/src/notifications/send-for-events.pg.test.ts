import { cancel } from "@tsudoi/core/events/cancel.ts";
import { createSeries } from "@tsudoi/core/events/create-series.ts";
import { discard } from "@tsudoi/core/events/discard.ts";
import { invite } from "@tsudoi/core/events/invite.ts";
import { publish } from "@tsudoi/core/events/publish.ts";
import { removeOrganizer } from "@tsudoi/core/events/remove-organizer.ts";
import { saveOrganizer } from "@tsudoi/core/events/save-organizer.ts";
import { uninvite } from "@tsudoi/core/events/uninvite.ts";
import { createMailer, type Mailer } from "@tsudoi/core/platform/mail.ts";
import { register } from "@tsudoi/core/registrations/register.ts";
import { actorOf } from "@tsudoi/core/test/bed.ts";
import type { TestEvent, TestUser } from "@tsudoi/core/test/builders.ts";
import { anInput } from "@tsudoi/core/test/event-changes.ts";
import { type Letter, readLetter } from "@tsudoi/core/test/mail-letter.ts";
import { type SmtpService, startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { useStage } from "@tsudoi/core/test/stage.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
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
  smtp.messages.length = 0;
  await stage.ctx.db.execute(sql`delete from outbox`);
});
afterAll(async () => {
  mailer.close();
  await smtp[Symbol.asyncDispose]();
});

/** Runs what waits until nothing does, and gives what people got. */
async function runAll(): Promise<Letter[]> {
  for (;;) {
    const rows = await stage.ctx.db.execute<{ id: string }>(sql`
      select id from outbox where done_at is null order by id`);
    if (rows.length === 0) return Promise.all(smtp.messages.map(readLetter));
    for (const { id } of rows) expect(await runJob(ctx, metrics, Number(id))).toBe("ok");
  }
}

const ledger = async ({ id }: TestEvent) => {
  const rows = await stage.ctx.db.execute(sql`
    select kind, status, reason from notifications where event_id = ${id} order by id`);
  return rows.map(({ kind, status, reason }) => [kind, status, reason]);
};

const owner = () => stage.as(actorOf(stage.owner));
const aDraft = () =>
  stage.anEvent({ audience: "invited", status: "draft", publishedAt: null, titleEn: "Dinner" });
const inviting = ({ id }: TestEvent, { email }: TestUser) =>
  invite(owner(), { eventId: id, apply: "this", emails: [email] });
const publishing = ({ id }: TestEvent) =>
  publish(owner(), { eventId: id, apply: "this", allowMissingTranslation: true });
const giving = ({ id }: TestEvent, { id: userId }: TestUser, role: EventRole) =>
  saveOrganizer(owner(), { eventId: id, apply: "this", userId, role });

const SUPERSEDED = ["suppressed", "superseded"];

describe("notifications.send, of invitations", () => {
  test("does the thing: from the draft's list to the mailbox, once", async () => {
    const event = await aDraft();
    const guest = await stage.aMember({ locale: "en" });
    await inviting(event, guest);
    expect(await runAll()).toEqual([]);
    await publishing(event);
    const [letter, ...others] = await runAll();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ to: guest.email, subject: "You are invited: Dinner" });
    expect(letter?.text).toContain(`https://tsudoi.example.test/events/${event.id}\n`);
    expect(letter?.entry).toBeUndefined();
    await stage.ctx.db.execute(sql`
      update outbox set done_at = null, run = null, running_until = null, deliveries = 0`);
    expect(await runAll()).toHaveLength(1);
    expect(await ledger(event)).toEqual([["events.invitation", "sent", null]]);
  });

  test.each<[string, (event: TestEvent, guest: TestUser) => Promise<unknown>]>([
    [
      "is off the list",
      ({ id }, { email }) => uninvite(owner(), { eventId: id, apply: "this", emails: [email] }),
    ],
    ["has a place", ({ id }, guest) => register(stage.as(actorOf(guest)), { eventId: id })],
    [
      "would come to what is cancelled",
      ({ id }) => cancel(owner(), { eventId: id, apply: "this" }),
    ],
  ])("who %s before the mail is written is not asked to come", async (_, change) => {
    const event = await stage.anEvent({ audience: "invited" });
    const guest = await stage.aMember();
    await inviting(event, guest);
    await change(event, guest);
    const subjects = (await runAll()).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.includes("ご招待"))).toEqual([]);
    expect((await ledger(event))[0]).toEqual(["events.invitation", ...SUPERSEDED]);
  });
});

describe("notifications.send, of invitations to a series", () => {
  async function aSeries(): Promise<string[]> {
    const event = anInput({ audience: "invited", title: { ja: "連続講座", en: "Course" } });
    const made = await createSeries(owner(), { event, rrule: "FREQ=WEEKLY;COUNT=4" });
    const ids = made.events.map(({ id }) => id);
    const eventId = ids[0] ?? "";
    await publish(owner(), { eventId, apply: "all", allowMissingTranslation: true });
    await runAll();
    return ids;
  }

  test("is one letter with the number of its events, about the first that one can come to by then", async () => {
    const ids = await aSeries();
    const [eventId = "", second = ""] = ids;
    const guest = await stage.aMember({ locale: "en" });
    await invite(owner(), { eventId, apply: "all", emails: [guest.email] });
    await uninvite(owner(), { eventId, apply: "this", emails: [guest.email] });
    const [letter, ...others] = await runAll();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ to: guest.email, subject: "You are invited: Course" });
    expect(letter?.text).toContain("You are invited to 3 events of a series.");
    expect(letter?.text).toContain(`https://tsudoi.example.test/events/${second}\n`);
  });

  test("who is on one event's list alone is not told of a series", async () => {
    const [, eventId = ""] = await aSeries();
    const guest = await stage.aMember({ locale: "en" });
    await invite(owner(), { eventId, apply: "this", emails: [guest.email] });
    const [letter] = await runAll();
    expect(letter?.text).toContain(`https://tsudoi.example.test/events/${eventId}\n`);
    expect(letter?.text).not.toContain("series");
  });
});

describe("notifications.send, of roles", () => {
  test("does the thing: the last one that somebody has, in their language", async () => {
    const event = await stage.anEvent({ titleEn: "Dinner" });
    const [helper, other] = [await stage.aMember({ locale: "en" }), await stage.aMember()];
    await giving(event, helper, "viewer");
    await giving(event, helper, "checkin");
    await giving(event, other, "editor");
    const letters = await runAll();
    expect(letters.map(({ to, subject }) => [to, subject])).toEqual([
      [helper.email, "You help organise (check-in): Dinner"],
      [other.email, "【主催者：編集者】試験のイベント"],
    ]);
    for (const { text } of letters) {
      expect(text).toContain(`https://tsudoi.example.test/organize/events/${event.id}\n`);
    }
    expect(await ledger(event)).toEqual([
      ["events.organizer-role", ...SUPERSEDED],
      ["events.organizer-role", "sent", null],
      ["events.organizer-role", "sent", null],
    ]);
  });

  test("a role that was taken away again, or whose draft is gone, is told to nobody", async () => {
    const [event, draft] = [await stage.anEvent(), await aDraft()];
    const helper = await stage.aMember();
    await giving(event, helper, "owner");
    await giving(draft, helper, "owner");
    await removeOrganizer(owner(), { eventId: event.id, apply: "this", userId: helper.id });
    await discard(owner(), { eventId: draft.id, apply: "this" });
    expect(await runAll()).toEqual([]);
    for (const each of [event, draft]) {
      expect(await ledger(each)).toEqual([["events.organizer-role", ...SUPERSEDED]]);
    }
  });
});
