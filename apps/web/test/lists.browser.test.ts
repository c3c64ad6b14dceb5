import { events } from "@tsudoi/core/db/schema/events.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** So many events on a day of a month to come, all at noon in Japan. */
async function addEvents(day: Date, count: number): Promise<void> {
  const startsAt = new Date(day.getTime() + 3 * HOUR);
  const event = {
    organizationId: stage.organizationId,
    createdBy: stage.organizer.id,
    titleJa: "勉強会",
    titleEn: "Study hour",
    categorySlug: "seminar",
    status: "published" as const,
    publishedAt: new Date(),
    startsAt,
    endsAt: new Date(startsAt.getTime() + HOUR),
    timeZone: "Asia/Tokyo",
    registrationOpensAt: new Date(),
    registrationClosesAt: startsAt,
    capacity: 10,
    waitlistMode: "none" as const,
    approval: false,
  };
  await stage.ctx.db.insert(events).values(Array.from({ length: count }, () => event));
}

/** The first day of a month, so many months from now. */
function monthIn(months: number): Date {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));
}

function dayIn(page: Page, month: Date, day: number) {
  const name = new Date(month.getTime() + (day - 1) * DAY).toISOString().slice(0, 10);
  return page.locator(`aside [data-day="${name}"]`);
}

async function turn(page: Page, months: number): Promise<void> {
  const next = page.locator("aside").getByRole("button", { name: "Next month" });
  for (let turned = 0; turned < months; turned += 1) await next.click();
}

test("a month of more events than a page holds is counted to its end", async () => {
  const month = monthIn(2);
  await addEvents(month, 99);
  await addEvents(new Date(month.getTime() + 9 * DAY), 45);
  await addEvents(new Date(month.getTime() + 24 * DAY), 2);
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await turn(page, 2);
  await page
    .locator("aside")
    .getByRole("button", { name: /, 99 events$/ })
    .waitFor();
  await page
    .locator("aside")
    .getByRole("button", { name: /, 45 events$/ })
    .waitFor();
  expect(await dayIn(page, month, 25).getAttribute("aria-label")).toMatch(/, 2 events$/);
  expect(await page.locator("aside").getByText("are counted").count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("a month of more events than are read says how far it counts", async () => {
  const month = monthIn(4);
  await addEvents(month, 1_000);
  await addEvents(new Date(month.getTime() + 24 * DAY), 1);
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await turn(page, 4);
  await page.locator("aside").getByText("Only the first 1,000 events").waitFor();
  await page
    .locator("aside")
    .getByRole("button", { name: /, 1,000 events$/ })
    .waitFor();
});

test("an event of several days that runs now is among what is to come, for guests and organisers", async () => {
  const host = await stage.newPerson({ role: "organizer", locale: "en" });
  const running = await anEvent(stage.ctx, host, {
    titleEn: "A week of workshops",
    startsAt: new Date(Date.now() - 3 * DAY),
    endsAt: new Date(Date.now() + 2 * DAY),
    registrationClosesAt: new Date(Date.now() + DAY),
  });
  const token = await tokenFor(stage.system.tokens, stage.attendee);
  await call(stage.url, ["registrations.register", { eventId: running.id }], { token });
  await anEvent(stage.ctx, host, {
    titleEn: "Long ago",
    startsAt: new Date(Date.now() - 3 * DAY),
    endsAt: new Date(Date.now() - 2 * DAY),
  });

  await using visit = await stage.visit({ locale: "en", as: stage.attendee, at: "/?scope=mine" });
  await visit.page.locator(".event-card", { hasText: "A week of workshops" }).waitFor();

  await using other = await stage.visit({ locale: "en", as: host, at: "/organize" });
  const { page } = other;
  await page.locator(".event-card", { hasText: "A week of workshops" }).waitFor();
  expect(await page.getByText("Long ago").count()).toBe(0);
  await page.getByRole("link", { name: "Past" }).click();
  await page.locator(".event-card", { hasText: "Long ago" }).waitFor();
  expect(await page.getByText("A week of workshops").count()).toBe(0);
});

test("a filter that only the address has is named, and cleared by itself", async () => {
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: "/?status=draft&category=no-such-thing",
  });
  const { page } = visit;
  await page.getByRole("heading", { name: "No event matches" }).waitFor();
  await page.getByRole("link", { name: "Status: draft (remove this filter)" }).waitFor();
  await page.getByRole("link", { name: "Category: no-such-thing (remove this filter)" }).click();
  await page.waitForURL((url) => url.search === "?status=draft");
  await page.getByRole("link", { name: "Status: draft (remove this filter)" }).click();
  await page.waitForURL((url) => url.search === "");
  expect(await page.getByRole("link", { name: "remove this filter" }).count()).toBe(0);
  await page.goto("/?category=seminar&from=2027-01-04&to=2027-01-05");
  await page.getByRole("link", { name: "From Mon 4 Jan 2027" }).waitFor();
  await page.getByRole("link", { name: "Until Tue 5 Jan 2027" }).waitFor();
  expect(await page.getByRole("link", { name: /^Category: / }).count()).toBe(0);
});

test("the week begins on Monday in English and on Sunday in Japanese; another year is said", async () => {
  const [year, day] = [new Date().getUTCFullYear() + 1, "01-15"];
  await anEvent(stage.ctx, stage.organizer, {
    titleEn: "New year meeting",
    startsAt: new Date(`${year}-${day}T03:00:00Z`),
  });
  for (const [locale, person, first, head] of [
    ["en", stage.attendee, "Monday", `${year}`],
    ["ja", stage.organizer, "日曜日", `${year}年`],
  ] as const) {
    await using visit = await stage.visit({ locale, as: person });
    const { page } = visit;
    expect(await page.locator("aside th").first().getAttribute("abbr")).toBe(first);
    await page.goto(`/?from=${year}-${day}&to=${year}-${day}`);
    const heading = page.locator(".day-head [aria-hidden]");
    await heading.getByText(head).waitFor();
    await page
      .getByRole("heading", { name: String(year) })
      .first()
      .waitFor();
  }
});
