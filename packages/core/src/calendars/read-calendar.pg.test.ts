import type { EndedBy, RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { DAY, HOUR, MINUTE } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, test } from "vitest";
import { registrations } from "#core/db/schema/registrations.ts";
import { runInCall } from "#core/platform/call.ts";
import { actorOf } from "#test/bed.ts";
import { type anEvent, anOrganization, aUser, type TestUser } from "#test/builders.ts";
import { readCalendar as parse, readEntry } from "#test/calendar.ts";
import { explain, rowsRead, vacuum } from "#test/explain.ts";
import { reasonOf } from "#test/refusals.ts";
import { useStage } from "#test/stage.ts";
import { feedToken } from "./feed-token.ts";
import { getEntry } from "./get-entry.ts";
import { getFeed } from "./get-feed.ts";
import { readCalendar } from "./read-calendar.ts";
import { rotate } from "./rotate.ts";

const stage = useStage();
const now = new Date("2026-11-20T09:00:00Z");
const at = (offset: number) => new Date(now.getTime() + offset);
const host = {
  publicUrl: "https://tsudoi.example.test",
  from: { name: "Tsudoi", email: "tsudoi@example.test" },
};

const anonymous = () => stage.as({ kind: "anonymous" });
const fetchFile = (token: string) => readCalendar(anonymous(), { token, host });

async function feedOf(person: TestUser): Promise<string> {
  const ctx = stage.as(actorOf(person));
  return feedToken(ctx, await getFeed(ctx));
}
/** Long lines go on in the next one. */
const unfolded = (file: string) => file.replaceAll("\r\n ", "");
const titles = async (person: TestUser) =>
  parse(await fetchFile(await feedOf(person))).entries.map(({ event }) => event.summary);

type Place = Parameters<typeof anEvent>[2];
type Joined = { status?: RegistrationStatus; endedBy?: EndedBy; event?: Place };

let numbers = 0;
async function joins(person: TestUser, { status = "confirmed", endedBy, event }: Joined = {}) {
  stage.setNow(now);
  const { id } = await stage.anEvent({ titleJa: "勉強会", titleEn: "Workshop", ...event });
  numbers += 1;
  const [row] = await stage.ctx.db
    .insert(registrations)
    .values({
      organizationId: person.organizationId,
      eventId: id,
      userId: person.id,
      status,
      seq: numbers,
      number: numbers,
      queueNo: status === "waitlisted" ? numbers : null,
      offerExpiresAt: status === "offered" ? at(HOUR) : null,
      endedBy: endedBy ?? null,
    })
    .returning({ id: registrations.id });
  return row?.id ?? "";
}

afterEach(() => stage.setNow(now));

describe("calendars.readCalendar", () => {
  test("a feed is the person's own calendar, in their language", async () => {
    const person = await stage.aMember({ locale: "en", timeZone: "Europe/Berlin" });
    const id = await joins(person, {
      event: { location: "HQ", onlineUrl: "https://meet.example.test/a", descriptionEn: "Bring;" },
    });
    const { entries, value } = parse(await fetchFile(await feedOf(person)));
    expect([value("method"), value("x-wr-calname"), value("name")]).toEqual([
      "PUBLISH",
      "Test Inc. events",
      "Test Inc. events",
    ]);
    expect(String(value("refresh-interval"))).toBe("PT1H");
    const [mine] = entries;
    expect(entries).toHaveLength(1);
    expect({
      uid: mine?.event.uid,
      summary: mine?.event.summary,
      location: mine?.event.location,
      description: mine?.event.description,
      startsAt: mine?.event.startDate.toJSDate(),
      status: mine?.value("status"),
      organizer: mine?.value("organizer"),
      attendee: mine?.value("attendee"),
    }).toEqual({
      uid: `${id}@tsudoi`,
      summary: "Workshop",
      location: "HQ",
      description:
        "Sat 21 Nov 2026, 18:00 – 20:00 (Japan Standard Time)\n\nBring;\n\nhttps://meet.example.test/a",
      startsAt: at(DAY),
      status: "CONFIRMED",
      organizer: "mailto:tsudoi@example.test",
      attendee: null,
    });
  });

  test.each<[string, Joined, string, string, boolean]>([
    ["a seat", {}, "勉強会", "CONFIRMED", true],
    ["a wait", { status: "waitlisted" }, "【キャンセル待ち】勉強会", "TENTATIVE", false],
    ["a request", { status: "pending" }, "【承認待ち】勉強会", "TENTATIVE", false],
    [
      "an entry in a draw",
      { status: "pending", event: { allocation: "lottery" } },
      "【抽選待ち】勉強会",
      "TENTATIVE",
      false,
    ],
    ["an offer", { status: "offered" }, "【繰り上げのご案内】勉強会", "TENTATIVE", false],
    [
      "a seat of a cancelled event",
      { status: "cancelled", endedBy: "event", event: { status: "cancelled" } },
      "【中止】勉強会",
      "CANCELLED",
      false,
    ],
    [
      "a seat whose event is cancelled before its people are",
      { event: { status: "cancelled" } },
      "【中止】勉強会",
      "CANCELLED",
      false,
    ],
  ])("%s is told as what it is", async (...[, joined, summary, status, isSeated]) => {
    const person = await stage.aMember();
    const onlineUrl = "https://meet.example.test/secret-room";
    const kept = { location: "Secret bar", locationFor: "confirmed" as const };
    const registrationId = await joins(person, {
      ...joined,
      event: { ...joined.event, ...kept, onlineUrl, calendarSequence: 4 },
    });
    const { token } = await getEntry(stage.as(actorOf(person)), { registrationId });
    for (const file of [await fetchFile(await feedOf(person)), await fetchFile(token)]) {
      const { event, value } = readEntry(file);
      expect([event.summary, value("status"), event.sequence]).toEqual([
        summary,
        status,
        status === "CANCELLED" ? 5 : 4,
      ]);
      const told = [onlineUrl, kept.location].map((secret) => unfolded(file).includes(secret));
      expect(told).toEqual([isSeated, isSeated]);
    }
  });

  test.each<[string, Joined]>([
    ["left", { status: "cancelled", endedBy: "attendee" }],
    ["were taken out", { status: "cancelled", endedBy: "organizer" }],
    ["were turned away", { status: "rejected" }],
    ["said no", { status: "declined" }],
    ["did not answer", { status: "expired" }],
    ["are in a draft", { event: { status: "draft" } }],
  ])("people who %s have nothing in their calendar", async (_what, joined) => {
    const person = await stage.aMember();
    const registrationId = await joins(person, joined);
    expect(await titles(person)).toEqual([]);
    expect(await reasonOf(getEntry(stage.as(actorOf(person)), { registrationId }))).toBe(
      "NOT_FOUND",
    );
  });

  test("from 90 days back to all that lies ahead, the next first", async () => {
    const person = await stage.aMember();
    const span = (startsAt: Date, title: string) => ({
      event: { titleJa: title, startsAt, endsAt: new Date(startsAt.getTime() + HOUR) },
    });
    await joins(person, span(at(700 * DAY), "far"));
    await joins(person, span(at(DAY), "next"));
    await joins(person, span(at(-90 * DAY - HOUR), "too old"));
    await joins(person, span(at(-90 * DAY), "just old enough"));
    expect(await titles(person)).toEqual(["just old enough", "next", "far"]);
  });

  test("nobody sees another's: not by a token for something else, not from another organisation", async () => {
    const [mine, theirs] = [await stage.aMember(), await stage.aMember()];
    await joins(theirs, { event: { titleJa: "秘密" } });
    const registrationId = await joins(theirs);
    expect(await titles(mine)).toEqual([]);
    for (const other of [
      mine,
      await aUser(stage.ctx, { organizationId: await anOrganization(stage.ctx), role: "admin" }),
    ]) {
      expect(await reasonOf(getEntry(stage.as(actorOf(other)), { registrationId }))).toBe(
        "NOT_FOUND",
      );
    }
    const { links } = stage.ctx.tokens;
    const about = { organizationId: theirs.organizationId, id: theirs.id, generation: 1 };
    for (const purpose of ["offer", "leave", "invite", "calendar-entry", "cover"] as const) {
      expect(await reasonOf(fetchFile(links.sign(purpose, about)))).toBe("LINK_EXPIRED");
    }
    const elsewhere = { ...about, organizationId: await anOrganization(stage.ctx) };
    expect(await reasonOf(fetchFile(links.sign("calendar", elsewhere)))).toBe("LINK_EXPIRED");
    expect(await reasonOf(fetchFile("A".repeat(70)))).toBe("LINK_EXPIRED");
    expect(await reasonOf(fetchFile(""))).toBe("LINK_EXPIRED");
  });

  test("what is forged costs no statement", async () => {
    const call = { name: "test", requestId: "test", queries: 0 };
    const forged = `${(await feedOf(stage.owner)).slice(0, -8)}AAAAAAAA`;
    await runInCall(call, () => reasonOf(fetchFile(forged)));
    expect(call.queries).toBe(0);
    await runInCall(call, async () => fetchFile(await feedOf(stage.owner)));
    expect(call.queries).toBe(2);
  });

  test("a disabled person's calendar is gone, and back when they are", async () => {
    const person = await stage.aMember();
    const registrationId = await joins(person);
    const tokens = [
      await feedOf(person),
      (await getEntry(stage.as(actorOf(person)), { registrationId })).token,
    ];
    const reasons = () => Promise.all(tokens.map((token) => reasonOf(fetchFile(token))));
    const setDisabled = (when: Date | null) =>
      stage.ctx.db.execute(sql`update users set disabled_at = ${when} where id = ${person.id}`);
    await setDisabled(now);
    expect(await reasons()).toEqual(["LINK_EXPIRED", "LINK_EXPIRED"]);
    expect(await reasonOf(getFeed(stage.as(actorOf(person))))).toBe("NOT_SIGNED_IN");
    await setDisabled(null);
    expect(await reasons()).toEqual(["no refusal", "no refusal"]);
  });

  test("a new address ends the old one at once", async () => {
    const person = await stage.aMember();
    const ctx = stage.as(actorOf(person));
    const old = await feedOf(person);
    const next = feedToken(ctx, await rotate(ctx));
    expect(await reasonOf(fetchFile(old))).toBe("LINK_EXPIRED");
    expect(await reasonOf(fetchFile(next))).toBe("no refusal");
    expect(await feedOf(person)).toBe(next);
  });

  test("a link for one entry ends after ten minutes", async () => {
    const person = await stage.aMember();
    const registrationId = await joins(person);
    const { token } = await getEntry(stage.as(actorOf(person)), { registrationId });
    const { calendar } = readEntry(await fetchFile(token));
    expect(calendar.getFirstPropertyValue("method")).toBe("PUBLISH");
    stage.setNow(at(10 * MINUTE - 1));
    expect(await reasonOf(fetchFile(token))).toBe("no refusal");
    stage.setNow(at(10 * MINUTE));
    expect(await reasonOf(fetchFile(token))).toBe("LINK_EXPIRED");
  });

  test("the same facts are the same bytes, and a change is another text", async () => {
    const person = await stage.aMember();
    const token = await feedOf(person);
    const registrationId = await joins(person);
    const first = await fetchFile(token);
    stage.setNow(at(HOUR));
    expect(await fetchFile(token)).toBe(first);
    await stage.ctx.db.execute(
      sql`update registrations set status = 'rejected' where id = ${registrationId}`,
    );
    expect(await fetchFile(token)).not.toBe(first);
  });

  test("a long description is cut in a feed and whole in a file", async () => {
    const person = await stage.aMember();
    const descriptionJa = "👩".repeat(600);
    const registrationId = await joins(person, { event: { descriptionJa } });
    const { token } = await getEntry(stage.as(actorOf(person)), { registrationId });
    expect(readEntry(await fetchFile(await feedOf(person))).event.description).toBe(
      `${"👩".repeat(500)}…`,
    );
    expect(readEntry(await fetchFile(token)).event.description).toBe(descriptionJa);
  });

  test("a thousand entries are the most, read by index", async () => {
    const person = await stage.aMember();
    await stage.ctx.db.execute(sql`
      with made as (
        insert into events (organization_id, created_by, title_ja, title_en, category_slug, status, starts_at,
          ends_at, time_zone, registration_opens_at, registration_closes_at, capacity, waitlist_mode, approval)
        select ${stage.organizationId}, ${stage.owner.id}, 'e' || i, '', 'seminar', 'published',
          ${now}::timestamptz + i * interval '1 hour', ${now}::timestamptz + (i + 1) * interval '1 hour',
          'Asia/Tokyo', ${now}, ${now}, 10, 'none', false
        from generate_series(1, 1003) i
        returning id
      )
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      select ${stage.organizationId}, made.id, u.id, 'confirmed', 1, 1
      from made, (
        select id from users where organization_id = ${stage.organizationId} order by id = ${person.id} desc limit 4
      ) u`);
    expect(await titles(person)).toHaveLength(1_000);
    const token = await feedOf(person);
    await vacuum(stage.ctx);
    const [plan = []] = await explain(stage.url, async (db) => {
      await reasonOf(readCalendar({ ...anonymous(), db }, { token, host }));
    });
    expect(rowsRead(plan, "registrations")).toBeLessThan(1_100);
    expect(rowsRead(plan, "events")).toBeLessThan(1_100);
  });
});
