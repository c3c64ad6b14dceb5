import { ListEventsInput } from "@tsudoi/shared/events.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { actorOf } from "#test/bed.ts";
import { aUser, type TestEvent, type TestUser } from "#test/builders.ts";
import { at, type Company, useEventLists } from "#test/event-lists.ts";
import { reasonOf } from "#test/refusals.ts";
import { findEventRole } from "./find-event-role.ts";
import { listEvents } from "./queries.ts";

const { bed, list, titles, aCompany, named } = useEventLists();

let numbers = 0;
async function aRegistration(
  event: TestEvent,
  user: TestUser,
  status: "confirmed" | "waitlisted" | "cancelled",
) {
  numbers += 1;
  await bed.ctx.db.insert(registrations).values({
    organizationId: event.organizationId,
    eventId: event.id,
    userId: user.id,
    status,
    seq: numbers,
    number: numbers,
    queueNo: status === "waitlisted" ? numbers : null,
  });
}

const past = { startsAt: at(-2 * DAY), endsAt: at(-DAY) };

describe("events.list", () => {
  test("open: published and not over, also what is full, running or one's own", async () => {
    const company = await aCompany();
    await named(company, "running", { startsAt: at(-HOUR), endsAt: at(HOUR) });
    await named(company, "long", { startsAt: at(-30 * DAY), endsAt: at(DAY) });
    const full = await named(company, "full", { startsAt: at(DAY), capacity: 1, seatsTaken: 1 });
    await aRegistration(full, company.member, "confirmed");
    await named(company, "over", past);
    await named(company, "draft", { status: "draft", publishedAt: null });
    await named(company, "closed", { status: "closed" });
    await named(company, "cancelled", { status: "cancelled" });
    expect(await titles(company.member)).toEqual(["long", "running", "full"]);
  });

  test("open with a status: only what was published", async () => {
    const company = await aCompany();
    await named(company, "draft", { status: "draft", publishedAt: null });
    await named(company, "never shown", { status: "cancelled", publishedAt: null });
    await named(company, "cancelled", { status: "cancelled" });
    for (const who of [company.member, company.owner, company.admin]) {
      expect(await titles(who, { status: "cancelled" })).toEqual(["cancelled"]);
      expect(await titles(who, { status: "draft" })).toEqual([]);
    }
  });

  test("mine: where the caller is registered, past ones and cancelled ones too", async () => {
    const company = await aCompany();
    const { member } = company;
    await aRegistration(await named(company, "past", past), member, "confirmed");
    await aRegistration(await named(company, "next", { startsAt: at(DAY) }), member, "waitlisted");
    await aRegistration(
      await named(company, "off", { status: "cancelled", startsAt: at(2 * DAY) }),
      member,
      "confirmed",
    );
    await aRegistration(await named(company, "left"), member, "cancelled");
    await aRegistration(await named(company, "another's"), company.owner, "confirmed");
    expect(await titles(member, { scope: "mine" })).toEqual(["past", "next", "off"]);
    expect(await titles(member, { scope: "mine", status: "cancelled" })).toEqual(["off"]);
  });

  test("organizing: drafts are for those who organise, and for administrators", async () => {
    const company = await aCompany();
    const { organizationId, owner, member, admin } = company;
    const draft = await named(company, "draft", {
      status: "draft",
      publishedAt: null,
      startsAt: at(DAY),
    });
    await named(company, "shown", { startsAt: at(2 * DAY) });
    const colleague = await aUser(bed.ctx, { organizationId, role: "organizer" });
    expect(await titles(owner, { scope: "organizing" })).toEqual(["draft", "shown"]);
    expect(await titles(admin, { scope: "organizing" })).toEqual(["draft", "shown"]);
    expect(await titles(admin, { scope: "organizing", status: "draft" })).toEqual(["draft"]);
    expect(await titles(colleague, { scope: "organizing" })).toEqual([]);
    expect(await titles(member, { scope: "organizing" })).toEqual([]);
    await bed.ctx.db
      .insert(eventOrganizers)
      .values({ organizationId, eventId: draft.id, userId: member.id, role: "viewer" });
    expect(await titles(member, { scope: "organizing" })).toEqual(["draft"]);
  });

  test("another organisation's events are in nobody's list", async () => {
    const [ours, theirs] = [await aCompany(), await aCompany()];
    await named(ours, "ours");
    for (const scope of ["open", "mine", "organizing"] as const) {
      for (const who of [theirs.member, theirs.owner, theirs.admin]) {
        expect(await titles(who, { scope })).toEqual([]);
      }
    }
  });

  test("rejects a stranger", async () => {
    const input = ListEventsInput.parse({});
    for (const actor of [{ kind: "anonymous" }, { kind: "system" }] as const) {
      expect(await reasonOf(listEvents(bed.as(actor), input))).toBe("NOT_SIGNED_IN");
    }
  });

  test("filters by category and by start, from inclusive to exclusive", async () => {
    const company = await aCompany();
    const noon = new Date("2030-06-01T12:00:00Z");
    const after = (offset: number) => new Date(noon.getTime() + offset);
    await named(company, "before", { startsAt: after(-1) });
    await named(company, "at", { startsAt: noon, categorySlug: "social" });
    await named(company, "later", { startsAt: after(HOUR) });
    await named(company, "end", { startsAt: after(DAY) });
    const window = { from: noon.toISOString(), to: after(DAY).toISOString() };
    expect(await titles(company.member, window)).toEqual(["at", "later"]);
    expect(await titles(company.member, { ...window, category: "social" })).toEqual(["at"]);
    expect(await titles(company.member, { category: "no-such" })).toEqual([]);
  });

  test("upcoming and past go by the end: each event is in one of them, one that runs is upcoming", async () => {
    const company = await aCompany();
    const { member, owner, admin } = company;
    const spans = {
      long: { startsAt: at(-30 * DAY), endsAt: at(HOUR) },
      over: { startsAt: at(-2 * DAY), endsAt: at(-HOUR) },
      running: { startsAt: at(-HOUR), endsAt: at(DAY) },
      next: { startsAt: at(DAY) },
    };
    for (const [title, span] of Object.entries(spans)) {
      await aRegistration(await named(company, title, span), member, "confirmed");
    }
    for (const [who, scope] of [
      [member, "mine"],
      [owner, "organizing"],
      [admin, "organizing"],
    ] as const) {
      expect(await titles(who, { scope, when: "upcoming" })).toEqual(["long", "running", "next"]);
      expect(await titles(who, { scope, when: "past" })).toEqual(["over"]);
      expect(await titles(who, { scope })).toEqual(["long", "over", "running", "next"]);
    }
    expect(await titles(member, { when: "past" })).toEqual([]);
  });

  test.each([
    ["half-width kana", "ﾊﾟﾌｫｰﾏﾝｽ", ["kana"]],
    ["full-width letters", "ＴＥＡＭ", ["Team lunch 100%"]],
    ["another case", "tEAM", ["Team lunch 100%"]],
    ["words in another order", "lunch　team", ["Team lunch 100%"]],
    ["a word that is not there", "team dinner", []],
    ["a place", "大阪", ["under_score"]],
    ["a per cent sign", "100%", ["Team lunch 100%"]],
    ["a pattern of everything", "%", ["Team lunch 100%"]],
    ["an underscore", "r_s", ["under_score"]],
    ["a pattern of one letter", "t_am", []],
    ["a backslash", "\\", ["back\\slash"]],
    ["a quote", "'; drop table events; --", []],
    ["nothing but space", "   ", ["Team lunch 100%", "kana", "under_score", "back\\slash"]],
  ])("finds by text: %s", async (_what, text, expected) => {
    searched ??= await aSearchedCompany();
    expect(await titles(searched.member, { text })).toEqual(expected);
  });

  test.each([
    ["the department's name", "情報システム部", ["hosted"]],
    ["its other name, in another case", "information SYSTEMS", ["hosted"]],
    ["the department and the title", "情報 hosted", ["hosted"]],
    ["a department and another one's title", "情報 alone", []],
  ])("finds by host: %s", async (_what, text, expected) => {
    hosting ??= await aHostingCompany();
    expect(await titles(hosting.member, { text })).toEqual(expected);
  });

  test("no other organisation's department is looked through", async () => {
    hosting ??= await aHostingCompany();
    const other = await aCompany();
    await named(other, "theirs");
    expect(await titles(other.member, { text: "情報システム部" })).toEqual([]);
  });

  let hosting: Company | undefined;
  async function aHostingCompany(): Promise<Company> {
    const company = await aCompany();
    const [department] = await bed.ctx.db
      .insert(departments)
      .values({
        organizationId: company.organizationId,
        code: "IT",
        nameJa: "情報システム部",
        nameEn: "Information Systems",
      })
      .returning();
    await named(company, "hosted", { departmentId: department?.id ?? null });
    await named(company, "alone");
    return company;
  }

  test("a page has seats, waitlist and the caller's own status, each event once", async () => {
    const company = await aCompany();
    const event = await named(company, "event", {
      seatsTaken: 3,
      waitlistLength: 2,
      onlineUrl: "https://meet.example.test/secret",
      location: "本社",
    });
    await aRegistration(event, company.member, "cancelled");
    await aRegistration(event, company.member, "cancelled");
    await aRegistration(event, company.member, "waitlisted");
    const { items } = await list(company.member);
    expect(items).toEqual([
      {
        id: event.id,
        title: { ja: "試験のイベント", en: "event" },
        category: { slug: "seminar", name: { ja: "セミナー", en: "Seminar" } },
        status: "published",
        startsAt: event.startsAt.toISOString(),
        endsAt: event.endsAt.toISOString(),
        timeZone: "Asia/Tokyo",
        capacity: 10,
        seatsTaken: 3,
        waitlistLength: 2,
        waitlistMode: "none",
        approval: false,
        allocation: "first_come",
        drawAt: null,
        drawnAt: null,
        audience: "everyone",
        location: "本社",
        hidesLocation: false,
        online: true,
        department: null,
        seriesId: null,
        cover: null,
        registrationOpensAt: event.registrationOpensAt.toISOString(),
        registrationClosesAt: event.registrationClosesAt.toISOString(),
        myStatus: "waitlisted",
      },
    ]);
    expect((await list(company.owner)).items[0]).not.toHaveProperty("myStatus");
  });
});

let searched: Company | undefined;
async function aSearchedCompany(): Promise<Company> {
  const company = await aCompany();
  await named(company, "Team lunch 100%", { titleJa: "昼食会", startsAt: at(DAY) });
  await named(company, "kana", { titleJa: "パフォーマンス勉強会", startsAt: at(2 * DAY) });
  await named(company, "under_score", {
    titleJa: "下線",
    location: "大阪支社",
    startsAt: at(3 * DAY),
  });
  await named(company, "back\\slash", { titleJa: "逆斜線", startsAt: at(4 * DAY) });
  return company;
}

describe("events role of the caller", () => {
  test("is the one in this event, if any", async () => {
    const company = await aCompany();
    const event = await named(company, "event");
    expect(await findEventRole(bed.as(actorOf(company.owner)), event.id)).toBe("owner");
    expect(await findEventRole(bed.as(actorOf(company.member)), event.id)).toBeUndefined();
    expect(await findEventRole(bed.as({ kind: "anonymous" }), event.id)).toBeUndefined();
  });
});
