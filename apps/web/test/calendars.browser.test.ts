import { readFile } from "node:fs/promises";
import { anEvent, aUser } from "@tsudoi/core/test/builders.ts";
import { readCalendar } from "@tsudoi/core/test/calendar.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Stage, setStage } from "./stage.ts";

const WORDS = {
  ja: {
    register: "申し込む",
    add: "カレンダーに追加",
    card: "いつものカレンダーで見る",
    subscribe: "カレンダーに登録する",
    address: "カレンダーのアドレス",
    copy: "コピー",
    copied: "アドレスをコピーしました。",
    byHand: "アドレスを選択しました。コピーしてお使いください。",
    rotate: "新しいアドレスにする",
    keep: "戻る",
    yes: "新しくする",
    rotated: "新しいアドレスになりました。",
    title: "集いの会",
  },
  en: {
    register: "Register",
    add: "Add to calendar",
    card: "In your own calendar",
    subscribe: "Subscribe",
    address: "Address of your calendar",
    copy: "Copy",
    copied: "The address is copied.",
    byHand: "The address is selected for you to copy.",
    rotate: "Get a new address",
    keep: "Not now",
    yes: "Get a new one",
    rotated: "You have a new address.",
    title: "The gathering",
  },
} as const;
const PATIENCE = { timeout: 10_000, interval: 100 };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const personOf = (locale: "ja" | "en") => (locale === "ja" ? stage.organizer : stage.attendee);
const statusOf = (url: string) =>
  fetch(new URL(new URL(url).pathname, stage.url)).then(({ status }) => status);

test.each(["ja", "en"] as const)("a seat goes into the device's calendar: %s", async (locale) => {
  const words = WORDS[locale];
  const event = await anEvent(stage.ctx, stage.organizer, {
    titleJa: WORDS.ja.title,
    titleEn: WORDS.en.title,
  });
  await using visit = await stage.visit({
    locale,
    as: personOf(locale),
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  await page.getByRole("button", { name: words.register, exact: true }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: words.add }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("tsudoi.ics");
  const { entries, value } = readCalendar(await readFile(await download.path(), "utf8"));
  expect(value("method")).toBe("PUBLISH");
  expect(entries.map((entry) => entry.event.summary)).toEqual([words.title]);
  // The page is still there, with its button.
  await page.getByRole("button", { name: words.add }).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("whoever waits for a seat has nothing to put into a calendar yet", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { approval: true });
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "Your registration is in" }).waitFor();
  expect(await page.getByRole("button", { name: WORDS.en.add }).count()).toBe(0);
});

async function openCard(page: Page, locale: "ja" | "en") {
  const words = WORDS[locale];
  await page.goto("/registrations");
  const card = page.getByRole("region", { name: words.card });
  const address = card.getByRole("textbox", { name: words.address });
  await address.waitFor();
  return { card, address, words };
}

test.each(["ja", "en"] as const)(
  "one's calendar is subscribed to, and its address changed: %s",
  async (locale) => {
    await using visit = await stage.visit({ locale, as: personOf(locale) });
    const { page, context } = visit;
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const { card, address, words } = await openCard(page, locale);
    const url = await address.inputValue();
    expect(await statusOf(url)).toBe(200);
    const subscribe = card.getByRole("link", { name: words.subscribe });
    expect(await subscribe.getAttribute("href")).toBe(url.replace("http:", "webcal:"));

    await card.getByRole("button", { name: words.copy }).click();
    await card.getByText(words.copied).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(url);

    await card.getByRole("button", { name: words.rotate }).click();
    await page.getByRole("button", { name: words.keep }).click();
    expect(await address.inputValue()).toBe(url);
    await card.getByRole("button", { name: words.rotate }).click();
    await page.getByRole("button", { name: words.yes }).click();
    await card.getByText(words.rotated).waitFor();
    const next = await address.inputValue();
    expect([next === url, await statusOf(url), await statusOf(next)]).toEqual([false, 404, 200]);
    expect(await subscribe.getAttribute("href")).toBe(next.replace("http:", "webcal:"));
    // The focus comes back from the question to the button that asked.
    await vi.waitFor(
      async () => expect(await page.locator(":focus").textContent()).toBe(words.rotate),
      PATIENCE,
    );
    expect(visit.trouble).toEqual([]);
  },
);

test("without a clipboard the address is selected", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await page.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
  const { card, address, words } = await openCard(page, "en");
  await card.getByRole("button", { name: words.copy }).click();
  await card.getByText(words.byHand).waitFor();
  const selected = await page.evaluate("String(document.getSelection())");
  expect(selected).toBe(await address.inputValue());
});

test("what cannot be fetched is told in its place, and the page goes on", async () => {
  const person = await stage.newPerson({ locale: "en" });
  const event = await anEvent(
    stage.ctx,
    await aUser(stage.ctx, { organizationId: stage.organizationId, role: "organizer" }),
  );
  await using visit = await stage.visit({ locale: "en", as: person, at: `/events/${event.id}` });
  const { page } = visit;
  await page.getByRole("button", { name: "Register", exact: true }).click();
  const add = page.getByRole("button", { name: WORDS.en.add });
  await add.waitFor();
  await page.route("**/trpc/calendars.getEntry**", (route) => route.abort());
  await add.click();
  await page.locator(".registration-ticket .problem").waitFor();
  await page.unroute("**/trpc/calendars.getEntry**");
  const coming = page.waitForEvent("download");
  await add.click();
  await coming;
});
