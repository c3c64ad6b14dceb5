import { MAX_SERIES_EVENTS } from "@tsudoi/shared/event-series.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { eventSeries } from "#core/db/schema/event-series.ts";
import { aUser, type TestUser } from "#test/builders.ts";
import { type Asked, at, type Company, useEventLists } from "#test/event-lists.ts";

const { bed, list, titles, aCompany, named } = useEventLists();

async function aSeries({ organizationId, owner }: Company): Promise<{ seriesId: string }> {
  const series = { organizationId, timeZone: "Asia/Tokyo", createdBy: owner.id };
  const [made] = await bed.ctx.db
    .insert(eventSeries)
    .values({ ...series, rrule: "FREQ=WEEKLY;COUNT=3" })
    .returning({ seriesId: eventSeries.id });
  if (made === undefined) throw new Error("there is no series");
  return made;
}

describe("events.list of a series", () => {
  test("has its events in the order of time and no others, as far as the caller may see them", async () => {
    const company = await aCompany();
    const series = await aSeries(company);
    await named(company, "second", { ...series, startsAt: at(2 * DAY) });
    await named(company, "first", { ...series, startsAt: at(DAY) });
    const draft = { status: "draft", publishedAt: null } as const;
    await named(company, "draft", { ...series, ...draft, startsAt: at(3 * DAY) });
    await named(company, "secret", { ...series, audience: "invited", startsAt: at(4 * DAY) });
    await named(company, "over", { ...series, startsAt: at(-2 * DAY), endsAt: at(-DAY) });
    await named(company, "another", await aSeries(company));
    await named(company, "none");
    const everything = ["over", "first", "second", "draft", "secret"];
    const whole = { ...series, limit: MAX_SERIES_EVENTS };
    expect(await titles(company.member, whole)).toEqual(["first", "second"]);
    expect(await titles(company.member, { ...whole, scope: "organizing" })).toEqual([]);
    for (const who of [company.owner, company.admin]) {
      expect(await titles(who, { ...whole, scope: "organizing" })).toEqual(everything);
    }
    const elsewhere = await aCompany();
    expect(await titles(elsewhere.admin, { ...whole, scope: "organizing" })).toEqual([]);
  });
});

describe("events.list, who waits for a decision", () => {
  test("is told in what one organises, to those who may list the event's people", async () => {
    const company = await aCompany();
    const { organizationId, owner, admin } = company;
    const event = await named(company, "event", { approval: true });
    await bed.ctx.db.execute(sql`update events set pending_count = 3 where id = ${event.id}`);
    const told = async (user: TestUser, input: Asked) =>
      (await list(user, input)).items.map(({ pendingCount }) => pendingCount);
    const own = { scope: "organizing" } as const;
    for (const who of [owner, admin]) {
      expect(await told(who, own)).toEqual([3]);
      expect(await told(who, {})).toEqual([undefined]);
    }
    for (const [role, expected] of [
      ["editor", 3],
      ["viewer", 3],
      ["checkin", undefined],
    ] as const) {
      const helper = await aUser(bed.ctx, { organizationId });
      const helps = { organizationId, eventId: event.id, userId: helper.id, role };
      await bed.ctx.db.insert(eventOrganizers).values(helps);
      expect(await told(helper, own)).toEqual([expected]);
      expect(await told(helper, {})).toEqual([undefined]);
    }
  });
});

describe("events.list, the caller's role", () => {
  test("is told in what one organises, and of others' events there is none", async () => {
    const company = await aCompany();
    const { organizationId, owner, admin } = company;
    const event = await named(company, "event");
    const helper = await aUser(bed.ctx, { organizationId });
    const roles = async (user: TestUser, input: Asked) =>
      (await list(user, input)).items.map(({ myRole }) => myRole);
    const own = { scope: "organizing" } as const;
    expect(await roles(helper, own)).toEqual([]);
    const helps = {
      organizationId,
      eventId: event.id,
      userId: helper.id,
      role: "checkin" as const,
    };
    await bed.ctx.db.insert(eventOrganizers).values(helps);
    expect(await roles(helper, own)).toEqual(["checkin"]);
    expect(await roles(owner, own)).toEqual(["owner"]);
    expect(await roles(admin, own)).toEqual([undefined]);
    expect(await roles(helper, {})).toEqual([undefined]);
  });
});
