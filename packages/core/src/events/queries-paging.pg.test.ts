import { DAY, HOUR, MINUTE } from "@tsudoi/shared/time.ts";
import { describe, expect, test } from "vitest";
import { writeCursor } from "#core/db/cursor.ts";
import type { TestEvent, TestUser } from "#test/builders.ts";
import { type Asked, at, useEventLists } from "#test/event-lists.ts";
import { everyId } from "#test/pages.ts";
import { reasonOf } from "#test/refusals.ts";

const { list, titles, aCompany, named } = useEventLists();

function allPages(user: TestUser, input: Asked, between?: () => Promise<void>) {
  return everyId((from) => list(user, { ...input, ...from }), between);
}

describe("events.list, page after page", () => {
  test("has every event once, in order, also those that start together", async () => {
    const company = await aCompany();
    const starts = [1, 2, 2, 2, 2, 2, 3, 3, 4].map((hours) => at(DAY + hours * HOUR));
    const events: TestEvent[] = [];
    for (const startsAt of starts) events.push(await named(company, "event", { startsAt }));
    const expected = events
      .toSorted(
        (one, other) =>
          Number(one.startsAt) - Number(other.startsAt) || (one.id < other.id ? -1 : 1),
      )
      .map((event) => event.id);
    for (const limit of [1, 2, 3, 4, 9, 10]) {
      expect(await allPages(company.member, { limit })).toEqual(expected);
    }
  });

  test("has no gap and no duplicate while events are added", async () => {
    const company = await aCompany();
    const startsAt = at(DAY);
    const before: string[] = [];
    for (let index = 0; index < 10; index += 1) {
      before.push(
        (
          await named(company, "event", {
            startsAt: new Date(startsAt.getTime() + (index >> 1) * MINUTE),
          })
        ).id,
      );
    }
    const seen = await allPages(company.member, { limit: 3 }, async () => {
      for (const offset of [-MINUTE, 0, MINUTE, 3 * MINUTE, HOUR]) {
        await named(company, "added", { startsAt: new Date(startsAt.getTime() + offset) });
      }
    });
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => before.includes(id))).toEqual(before);
  });

  test("keeps its place among events of a millisecond", async () => {
    const company = await aCompany();
    const startsAt = new Date("2031-01-01T00:00:00.123Z");
    const ids = new Set<string>();
    for (let index = 0; index < 4; index += 1)
      ids.add((await named(company, "event", { startsAt })).id);
    expect(new Set(await allPages(company.member, { limit: 1 }))).toEqual(ids);
  });

  test.each([
    ["no base64", "!!!"],
    ["no JSON", Buffer.from("{").toString("base64url")],
    ["another list's", writeCursor(["seminar"])],
    ["another shape", Buffer.from('{"0":1}').toString("base64url")],
    ["an id that is none", writeCursor([0, "' or true --"])],
    [
      "a time that is none",
      Buffer.from('["now","01890000-0000-7000-8000-000000000000"]').toString("base64url"),
    ],
    ["a time before all time", writeCursor([-8.64e15, "01890000-0000-7000-8000-000000000000"])],
    ["a time after all time", writeCursor([8.64e15, "01890000-0000-7000-8000-000000000000"])],
    [
      "no number",
      Buffer.from('[1e999,"01890000-0000-7000-8000-000000000000"]').toString("base64url"),
    ],
  ])("a cursor that is %s is refused", async (_what, cursor) => {
    const { member } = await aCompany();
    expect(await reasonOf(list(member, { cursor }))).toBe("VALIDATION");
  });

  test("the first and the last instant there is are places in the list too", async () => {
    const company = await aCompany();
    const first = await named(company, "first", {
      startsAt: new Date("0001-01-01T00:00:00Z"),
      endsAt: new Date("0001-01-02T00:00:00Z"),
    });
    const last = await named(company, "last", {
      startsAt: new Date("9999-12-31T00:00:00Z"),
      endsAt: new Date("9999-12-31T23:59:59Z"),
    });
    expect(await allPages(company.admin, { limit: 1, scope: "organizing" })).toEqual([
      first.id,
      last.id,
    ]);
  });

  test("another organisation's cursor is a place in one's own list, nothing more", async () => {
    const [ours, theirs] = [await aCompany(), await aCompany()];
    await named(ours, "ours", { startsAt: at(DAY) });
    await named(ours, "ours later", { startsAt: at(2 * DAY) });
    await named(theirs, "theirs", { startsAt: at(3 * DAY) });
    const { nextCursor } = await list(ours.member, { limit: 1 });
    expect(await titles(theirs.member, { cursor: nextCursor ?? "" })).toEqual(["theirs"]);
  });
});
