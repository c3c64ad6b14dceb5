import { searchable } from "@tsudoi/shared/text.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { departments } from "#core/db/schema/departments.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { aUser, type TestEvent } from "#test/builders.ts";
import { type Asked, at, type Company, useEventLists } from "#test/event-lists.ts";
import { everyId } from "#test/pages.ts";

const { bed, list, titles, aCompany, named } = useEventLists();

const KATAKANA = /[\u30a1-\u30f6\u30fd\u30fe]/g;

function form(text: string): string {
  const toHiragana = (kana: string) => String.fromCharCode(kana.charCodeAt(0) - 0x60);
  return searchable(text).replace(KATAKANA, toHiragana);
}

/** The rule in plain words: every word, somewhere in the text, once width, case and kana are the same. */
function finds(text: string, search: string): boolean {
  return form(search)
    .split(" ")
    .every((word) => form(text).includes(word));
}

const LETTERS = [..."パぱﾊﾟフぷォぉーｰマンスんす研修会茶道 　aAｅrRfF1１%_\\が゛"];
const someText = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...LETTERS), maxLength }).map((text) => text.trim());

describe("a search", () => {
  test("finds exactly what a look at every text finds, among many and among one's own", async () => {
    const company = await aCompany();
    const { owner, member } = company;
    const event = await named(company, "");
    const texts = fc.sample(someText(24), { numRuns: 300, seed: 5 });
    const rows = texts.map((titleEn, index) => ({
      ...{ ...event, id: undefined, titleEn },
      startsAt: new Date(event.startsAt.getTime() + index),
    }));
    const made = await bed.ctx.db.insert(events).values(rows).returning({ id: events.id });
    await bed.ctx.db.insert(eventOrganizers).values(
      [...made].map(({ id }) => ({
        ...{ organizationId: owner.organizationId, eventId: id, userId: owner.id },
        role: "owner" as const,
      })),
    );
    const ids = [event.id, ...made.map(({ id }) => id)];
    const host = `${owner.familyName}${owner.givenName}`;
    await fc.assert(
      fc.asyncProperty(someText(6), async (text) => {
        const expected = ids.filter((_id, index) =>
          finds(`${event.titleJa} ${["", ...texts][index]} ${host}`, text),
        );
        const found = (user: typeof owner, input: Asked) =>
          everyId((from) => list(user, { ...input, ...from, text, limit: 100 }));
        expect(await found(member, {})).toEqual(expected);
        expect(await found(owner, { scope: "organizing" })).toEqual(expected);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  let company: Company;
  let event: TestEvent;
  beforeAll(async () => {
    company = await aCompany();
    event = await named(company, "Performance clinic", { titleJa: "新人向けパフォーマンス研修" });
    await named(company, "Tea", { titleJa: "茶道体験", startsAt: at(9 * DAY) });
    await named(company, "Far off", { titleJa: "来年の研修", startsAt: at(400 * DAY) });
  });

  test.each([
    ["inside a longer word", "パフォーマンス", ["Performance clinic"]],
    ["half-width kana", "ﾊﾟﾌｫ", ["Performance clinic"]],
    ["hiragana for katakana", "ぱふぉーまんす", ["Performance clinic"]],
    ["two letters, also of what is far off", "研修", ["Performance clinic", "Far off"]],
    ["one letter", "茶", ["Tea"]],
    ["the beginning of a word", "perf", ["Performance clinic"]],
    ["pairs of letters that stand elsewhere", "ンスマンパフォ", []],
    ["two words, one in each language", "研修　CLINIC", ["Performance clinic"]],
    ["two words of which one is there", "研修 茶", []],
  ])("finds %s", async (_what, text, expected) => {
    expect(await titles(company.member, { text })).toEqual(expected);
  });

  test("finds by who organises, not by who only helps, and by the reading of a name", async () => {
    const { organizationId } = company;
    const name = {
      familyName: "東海林",
      givenName: "さだお",
      familyKana: "ショウジ",
      givenKana: "サダオ",
    };
    const editor = await aUser(bed.ctx, { organizationId, ...name });
    const found = () =>
      Promise.all(
        ["東海林さだお", "しょうじ", "サダオ"].map((text) => titles(company.member, { text })),
      );
    const as = (role: "viewer" | "editor") => ({
      organizationId,
      eventId: event.id,
      userId: editor.id,
      role,
    });
    await bed.ctx.db.insert(eventOrganizers).values(as("viewer"));
    expect(await found()).toEqual([[], [], []]);
    const isEditor = and(
      eq(eventOrganizers.eventId, event.id),
      eq(eventOrganizers.userId, editor.id),
    );
    await bed.ctx.db.update(eventOrganizers).set({ role: "editor" }).where(isEditor);
    expect(await found()).toEqual(Array(3).fill(["Performance clinic"]));
    await bed.ctx.db.delete(eventOrganizers).where(isEditor);
    expect(await found()).toEqual([[], [], []]);
  });

  test("finds what an event says now: its words, its place, its department, its time", async () => {
    const { organizationId, member } = company;
    const [department] = await bed.ctx.db
      .insert(departments)
      .values({ organizationId, code: "HR", nameJa: "人事部", nameEn: "People" })
      .returning();
    const changed = await named(company, "before");
    const change = (to: Partial<TestEvent>) =>
      bed.ctx.db.update(events).set(to).where(eq(events.id, changed.id));
    const words = ["before", "after", "金沢", "人事部"];
    const found = () =>
      Promise.all(words.map(async (text) => (await titles(member, { text })).length));
    expect(await found()).toEqual([1, 0, 0, 0]);
    await change({ titleEn: "after", location: "金沢支社", departmentId: department?.id ?? null });
    expect(await found()).toEqual([0, 1, 1, 1]);
    const startsAt = at(200 * DAY);
    await change({ startsAt, endsAt: new Date(startsAt.getTime() + 1) });
    expect(await found()).toEqual([0, 1, 1, 1]);
  });

  test("does not find by a place that is kept for confirmed people", async () => {
    const changed = await named(company, "bar", { location: "隠れ家", locationFor: "confirmed" });
    const change = (to: Partial<TestEvent>) =>
      bed.ctx.db.update(events).set(to).where(eq(events.id, changed.id));
    const found = async () => {
      const asked = ["隠れ家", "地下", "bar"].map((text) => titles(company.member, { text }));
      return (await Promise.all(asked)).map(({ length }) => length);
    };
    expect(await found()).toEqual([0, 0, 1]);
    await change({ location: "隠れ家 地下" });
    expect(await found()).toEqual([0, 0, 1]);
    await change({ locationFor: "everyone" });
    expect(await found()).toEqual([1, 1, 1]);
    await change({ locationFor: "confirmed" });
    expect(await found()).toEqual([0, 0, 1]);
  });

  test("waits for no seat: what changes seats touches no text, and leaves its row in place", async () => {
    const textsBefore = await bed.ctx.db.execute(
      sql`select ctid::text, xmin::text from event_texts order by 1`,
    );
    await bed.ctx.db.update(events).set({ seatsTaken: 1, seq: 5 }).where(eq(events.id, event.id));
    const textsAfter = await bed.ctx.db.execute(
      sql`select ctid::text, xmin::text from event_texts order by 1`,
    );
    expect([...textsAfter]).toEqual([...textsBefore]);
  });
});
