import { anEvent } from "@tsudoi/core/test/builders.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Stage, setStage } from "./stage.ts";

const WORDS = {
  ja: {
    list: "これからのイベント",
    training: "研修",
    register: "申し込む",
    done: "参加が確定しました",
    number: "受付番号",
    mine: "申込を見る",
    status: "参加確定",
    event: "SQL 入門",
  },
  en: {
    list: "Upcoming events",
    training: "Training",
    register: "Register",
    done: "Your seat is confirmed",
    number: "Receipt number",
    mine: "My registrations",
    status: "Confirmed",
    event: "SQL for everyone",
  },
} as const;

const PATIENCE = { timeout: 15_000, interval: 100 };

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  const start = Date.now() + 2 * DAY;
  for (let count = 0; count < 45; count += 1) {
    const startsAt = new Date(start + count * 6 * HOUR);
    await anEvent(stage.ctx, stage.organizer, {
      titleJa: `勉強会 ${count}`,
      titleEn: `Study hour ${count}`,
      startsAt,
    });
  }
  await anEvent(stage.ctx, stage.organizer, {
    titleJa: WORDS.ja.event,
    titleEn: WORDS.en.event,
    descriptionJa: "社内データで学びます。",
    descriptionEn: "With our own data.",
    categorySlug: "training",
    location: "本社 12F",
    startsAt: new Date(start + 20 * DAY),
    capacity: 2,
  });
});
afterAll(() => stage[Symbol.asyncDispose]());

test.each(["ja", "en"] as const)(
  "sign in, page, filter, register, look it up: %s",
  async (locale) => {
    const words = WORDS[locale];
    const person = locale === "ja" ? stage.organizer : stage.attendee;
    await using visit = await stage.visit({ locale, as: person, reducedMotion: locale === "ja" });
    const { page } = visit;
    await page.getByRole("heading", { level: 1, name: words.list }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe(locale);

    await expectCards(page, 20);
    await scrollToTheEnd(page);
    await expectCards(page, 46);

    await page.getByRole("link", { name: words.training, exact: true }).click();
    await page.waitForURL("**/?category=training");
    await expectCards(page, 1);

    await page.getByRole("link", { name: words.event }).click();
    await page.getByRole("heading", { level: 1, name: words.event }).waitFor();
    await page.getByRole("button", { name: words.register, exact: true }).click();
    const result = page.getByRole("heading", { name: words.done });
    await result.waitFor();
    await result.and(page.locator(":focus")).waitFor();
    const number = await page.locator(".registration-ticket dd").first().textContent();
    expect(number).toMatch(/^\d{4}$/);

    await page.locator(".registration-ticket").getByRole("link", { name: words.mine }).click();
    const row = page.locator(".registration-row").first();
    await row.getByText(words.status).waitFor();
    expect(await row.textContent()).toContain(number);

    await page.goBack();
    await page.goBack();
    await page.waitForURL("**/?category=training");
    await page.locator(".event-card").getByText(words.status).waitFor();
    await vi.waitFor(
      () =>
        expect(stage.system.smtp.messages.some(({ to }) => to.includes(person.email))).toBe(true),
      10_000,
    );
    expect(visit.trouble).toEqual([]);
  },
);

test("filters in the address are there again after a reload, and a search joins them", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await page.keyboard.press("/");
  await page.keyboard.type("Study hour 44");
  await page.waitForURL("**/?text=Study+hour+44");
  await expectCards(page, 1);
  await page.reload();
  await page.getByRole("heading", { name: "Results for “Study hour 44”" }).waitFor();
  expect(await page.getByRole("searchbox").inputValue()).toBe("Study hour 44");
  await page.goto("/?text=nothing+like+it");
  await page.getByRole("heading", { name: "No event matches" }).waitFor();
  await page.getByRole("main").getByRole("link", { name: "Clear filters" }).last().click();
  await expectCards(page, 20);
  expect(visit.trouble).toEqual([]);
});

test("a day of the calendar narrows the list and widens it again", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  const day = page.locator("aside [data-has]").last();
  const label = (await day.getAttribute("aria-label")) ?? "";
  const count = Number(/(\d+) events?$/.exec(label)?.[1]);
  await day.click();
  await page.waitForURL(/from=[\d-]+&to=[\d-]+/);
  await expectCards(page, count);
  await day.click();
  await expectCards(page, 20);
});

async function expectCards(page: Page, count: number): Promise<void> {
  await vi.waitFor(
    async () => expect(await page.locator(".event-card").count()).toBe(count),
    PATIENCE,
  );
}

async function scrollToTheEnd(page: Page): Promise<void> {
  await vi.waitFor(async () => {
    await page.locator(".more-pages").scrollIntoViewIfNeeded();
    expect(await page.getByText(/これで全部です|That is all for now/).count()).toBe(1);
  }, PATIENCE);
}
