import { anEvent, aUser, type TestUser } from "@tsudoi/core/test/builders.ts";
import { aCalendarProgram, readCalendar, readEntry } from "@tsudoi/core/test/calendar.ts";
import { call } from "@tsudoi/core/test/call.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import { DAY, HOUR, SECOND } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import PostalMime from "postal-mime";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Stage, send, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ workers: 1 });
});
afterAll(() => stage[Symbol.asyncDispose]());

async function ask<Data>(person: TestUser, ...[path, input]: [path: string, input: unknown]) {
  const token = await stage.tokenOf(person);
  const query = /\.get$/.test(path);
  const answer = await call<Data>(stage.url, [path, input], { token, query });
  if (!answer.ok) throw new Error(`${path}: ${answer.reason}`);
  return answer.data;
}

/** The calendar files in a person's mails, as they came in, once there are so many. */
async function filesTo(person: TestUser, count: number): Promise<string[]> {
  return vi.waitFor(async () => {
    const own = stage.system.smtp.messages.filter(({ to }) => to.includes(person.email));
    const mails = await Promise.all(own.map(({ raw }) => PostalMime.parse(raw)));
    const files = mails.flatMap(({ attachments }) =>
      attachments.filter(({ mimeType }) => mimeType === "text/calendar").slice(0, 1),
    );
    expect(files).toHaveLength(count);
    return files.map(({ content }) =>
      typeof content === "string" ? content : new TextDecoder().decode(content),
    );
  }, 15_000);
}

async function feedOf(person: TestUser): Promise<string> {
  const { url } = await ask<{ url: string }>(person, "calendars.get", {});
  return (await send(new URL(new URL(url).pathname, stage.url).href)).text;
}

test("what moves, moves in people's calendars, and what ends, ends there: from the mails alone", async () => {
  const owner = await aUser(stage.ctx, { organizationId: stage.organizationId, role: "organizer" });
  const [stays, leaves] = [
    await aUser(stage.ctx, { organizationId: stage.organizationId }),
    await aUser(stage.ctx, { organizationId: stage.organizationId }),
  ];
  const { id: eventId } = await anEvent(stage.ctx, owner, { titleJa: "勉強会" });
  const join = (person: TestUser) => ask<Registered>(person, "registrations.register", { eventId });
  const { registration } = await join(stays);
  const left = await join(leaves);
  await filesTo(stays, 1);
  await filesTo(leaves, 1);

  const found = await ask<Event>(owner, "events.get", { eventId });
  // Calendars know no fractions of a second.
  const startsAt = new Date(Math.floor((Date.parse(found.startsAt) + DAY) / SECOND) * SECOND);
  await ask(owner, "events.update", {
    eventId,
    version: found.version,
    title: { ja: "勉強会（延期）" },
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + HOUR).toISOString(),
  });
  // Organisers have a minute to correct themselves, which is over here.
  await stage.ctx.db.execute(
    sql`update outbox set due_at = now(), next_at = now() where job = 'events.announce-change'`,
  );
  const moved = await filesTo(stays, 2);
  await filesTo(leaves, 2);
  await ask(leaves, "registrations.cancel", { registrationId: left.registration.id });
  const gone = await filesTo(leaves, 3);

  const [program, theirs] = [aCalendarProgram(), aCalendarProgram()];
  for (const file of moved) program.take(file);
  for (const file of gone) theirs.take(file);
  expect(program.shown()).toEqual([{ summary: "勉強会（延期）", startsAt }]);
  expect(theirs.shown()).toEqual([]);

  // The feed tells the same under the same name, so that who uses both sees one event twice and not two.
  const { entries } = readCalendar(await feedOf(stays));
  expect(entries.map(({ event }) => [event.uid, event.sequence])).toEqual([
    [`${registration.id}@tsudoi`, readEntry(moved[1] ?? "").event.sequence],
  ]);
  expect(entries[0]?.event.startDate.toJSDate()).toEqual(startsAt);
  expect(readCalendar(await feedOf(leaves)).entries).toEqual([]);

  await ask(owner, "events.cancel", { eventId, reason: "台風のため" });
  for (const file of await filesTo(stays, 3)) program.take(file);
  expect(program.shown()).toEqual([]);
  await vi.waitFor(async () => {
    const [entry] = readCalendar(await feedOf(stays)).entries;
    expect([entry?.value("status"), entry?.event.summary]).toEqual([
      "CANCELLED",
      "【中止】勉強会（延期）",
    ]);
  }, 10_000);

  // In any order: the mail that says it is over is the latest word.
  const late = aCalendarProgram();
  for (const file of (await filesTo(stays, 3)).toReversed()) late.take(file);
  expect(late.shown()).toEqual([]);
});
