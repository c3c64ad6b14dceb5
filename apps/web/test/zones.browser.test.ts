import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import { dayOf, formatDate, formatTimes, zoneOffset } from "@tsudoi/shared/dates.ts";
import { DAY, HOUR, MINUTE } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

const TITLE = "Lunch talk";

let stage: Stage;
let lunch: TestEvent;

beforeAll(async () => {
  stage = await setStage();
  // Ten past twelve in Tokyo, some days from now: the day before in New York, the same day in Berlin.
  const today = Math.floor(Date.now() / DAY) * DAY;
  const startsAt = new Date(today + 10 * DAY + 3 * HOUR + 10 * MINUTE);
  lunch = await anEvent(stage.ctx, stage.organizer, {
    titleEn: TITLE,
    startsAt,
    endsAt: new Date(startsAt.getTime() + 40 * MINUTE),
    timeZone: "Asia/Tokyo",
  });
  const token = await tokenFor(stage.system.tokens, stage.attendee);
  await call(stage.url, ["registrations.register", { eventId: lunch.id }], { token });
});
afterAll(() => stage[Symbol.asyncDispose]());

const start = () => lunch.startsAt.toISOString();
const span = (timeZone: string) => ({
  startsAt: start(),
  endsAt: lunch.endsAt.toISOString(),
  timeZone,
});
const dated = (timeZone: string) => formatDate(start(), { timeZone, locale: "en" });
const withoutYear = (date: string) =>
  date.endsWith(String(new Date().getFullYear())) ? date.slice(0, -5) : date;

function cardOn(page: Page, date: string) {
  const day = page.locator(".event-day", { has: page.locator("h2", { hasText: date }) });
  return day.locator(".event-card", { hasText: TITLE });
}

describe.each([
  ["Asia/Tokyo", false, false],
  ["Europe/Berlin", true, false],
  ["America/New_York", true, true],
])("a reader in %s", (timeZone, isAbroad, isOtherDay) => {
  const ownDate = () => withoutYear(dated("Asia/Tokyo"));
  const ownTimes = () => formatTimes(span("Asia/Tokyo"), "en") + (isAbroad ? " GMT+9" : "");
  const readersDate = () => dated(timeZone);
  const readersTimes = () => formatTimes(span(timeZone), "en");

  test("finds the event under their own day, in the list, the filter and the calendar", async () => {
    await using visit = await stage.visit({ locale: "en", as: stage.attendee, timeZone });
    const { page } = visit;
    const day = dayOf(start(), timeZone);
    await cardOn(page, readersDate()).waitFor();
    await page.goto(`/?from=${day}&to=${day}`);
    await page
      .getByRole("heading", { name: withoutYear(readersDate()) })
      .first()
      .waitFor();
    await cardOn(page, readersDate()).waitFor();
    const marked = page.locator(`aside [data-day="${day}"]`);
    await marked.and(page.locator("[data-has]")).waitFor();
    await page.goto(`/?from=${dayBeside(day)}&to=${dayBeside(day)}`);
    await page.locator(".empty").waitFor();
    expect(visit.trouble).toEqual([]);
  });

  test("reads which day and which time is whose, wherever the event stands", async () => {
    await using visit = await stage.visit({ locale: "en", as: stage.attendee, timeZone });
    const { page } = visit;
    const underDay = isOtherDay ? `${ownDate()}, ${ownTimes()}` : ownTimes();
    await expectTimes(cardOn(page, readersDate()).locator(".event-meta"), {
      own: underDay,
      readers: readersTimes(),
    });
    await expectTimes(page.locator("aside .next-ticket"), {
      own: `${ownDate()}, ${ownTimes()}`,
      readers: isOtherDay ? `${withoutYear(readersDate())}, ${readersTimes()}` : readersTimes(),
    });
    await page.goto("/registrations");
    const row = page.locator(".registration-row");
    expect(await row.locator(".row-date .visually-hidden").textContent()).toBe(readersDate());
    await expectTimes(row.locator(".event-meta"), { own: underDay, readers: readersTimes() });
    await page.goto(`/events/${lunch.id}`);
    await expectTimes(page.locator(".event-facts .fact").first(), {
      own: `${dated("Asia/Tokyo")}, ${formatTimes(span("Asia/Tokyo"), "en")}`,
      readers: isOtherDay ? `${withoutYear(readersDate())}, ${readersTimes()}` : readersTimes(),
    });
    const [leaf] = await page.locator(".date-block b").allTextContents();
    expect(leaf).toBe(String(Number(dayOf(start(), timeZone).slice(8))));
  });

  async function expectTimes(
    place: ReturnType<Page["locator"]>,
    { own, readers }: { own: string; readers: string },
  ): Promise<void> {
    await place.getByText(own, { exact: true }).waitFor();
    const readersLine = place.getByText("on your device");
    const lines = await readersLine.allTextContents();
    expect(lines.map((line) => line.startsWith(`${readers} on your device`))).toEqual(
      isAbroad ? [true] : [],
    );
  }
});

test("a clock is named the same way in both languages", async () => {
  for (const locale of ["ja", "en"] as const) {
    await using visit = await stage.visit({
      locale,
      as: locale === "en" ? stage.attendee : stage.organizer,
      timeZone: "Europe/Berlin",
    });
    await visit.page
      .locator(".event-meta", { hasText: zoneOffset("Asia/Tokyo", start()) })
      .first()
      .waitFor();
  }
});

function dayBeside(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}
