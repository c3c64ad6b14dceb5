import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { findRepeats } from "./repeats.ts";
import { PASSWORD, type Stage, setStage } from "./stage.ts";

let stage: Stage;
let draft: TestEvent;
let asking: TestEvent;

const label = { ja: "昼食を食べますか", en: "Lunch?" };
const options = ["a", "b"].map((id) => ({ id, label: { ja: id, en: id } }));
const QUESTIONS: Question[] = [
  { id: "yes", kind: "yes_no", label, required: true, options: [] },
  { id: "any", kind: "multiple", label, required: true, options },
  { id: "text", kind: "text", label, required: true, options: [] },
];

beforeAll(async () => {
  stage = await setStage();
  const about = { descriptionJa: "社内データで学びます。", descriptionEn: "With our own data." };
  await anEvent(stage.ctx, stage.organizer, { ...about, titleEn: "", capacity: 1 });
  const names = { titleJa: "質問のあるイベント", titleEn: "An event that asks" };
  asking = await anEvent(stage.ctx, stage.organizer, { ...names, questions: QUESTIONS });
  draft = await anEvent(stage.ctx, stage.organizer, { status: "draft", publishedAt: null });
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each([
  ["ja", "light", false],
  ["en", "dark", false],
  ["en", "light", true],
  ["ja", "dark", true],
] as const)("%s, %s, phone: %s", (locale, theme, phone) => {
  test("no page breaks a rule of WCAG 2.2 AA or says a thing twice", async () => {
    const event = await anEvent(stage.ctx, stage.organizer, {
      descriptionJa: "社内データで学びます。",
      descriptionEn: "With our own data.",
      location: "本社 12F",
      onlineUrl: "https://meet.example.test/x",
      startsAt: new Date(Date.now() + 3 * DAY),
    });
    await using visit = await stage.visit({ locale, theme, phone });
    const { page } = visit;
    const found: string[] = [];
    const look = async (name: string, ready: string) => {
      await page.locator(ready).first().waitFor();
      const barriers = await onWholePage(page, () => findBarriers(page));
      found.push(...barriers.map((barrier) => `${name}: ${barrier}`));
      found.push(...(await findRepeats(page)).map((said) => `${name} says twice: ${said}`));
      expect(await overflow(page), `${name} fits the screen`).toBe(0);
    };
    await page.goto("/set-up/abcdefghijklmnopqrstuvwxyz");
    await look("set-up", "form");
    await page.goto("/sign-in");
    await page.getByRole("button", { name: /^(ログイン|Sign in)$/ }).click();
    await look("sign-in with errors", ".field-error");
    await signInHere(page);
    await look("list", ".event-card");
    await openMenu(page);
    await look("account menu", ".menu");
    await page.keyboard.press("Escape");
    await page.goto("/?text=nothing");
    await look("empty list", ".empty");
    await page.goto(`/events/${event.id}`);
    await look("event", ".seat-box");
    await page.getByRole("button", { name: /申し込む|Register/ }).click();
    await look("registered", ".registration-ticket");
    await page.goto(`/events/${asking.id}`);
    const register = page.getByRole("button", { name: /^(申し込む|Register)$/ });
    await register.click();
    await page.locator(".register-questions").waitFor();
    await register.click();
    await look("questions with errors", ".answers-wrong");
    await page.goto("/registrations");
    await look("registrations", ".registration-row");
    await page.goto("/organize");
    await look("organise", ".event-card");
    await page.goto("/organize/new");
    await page.locator(".draft-questions > summary").click();
    await page.getByRole("button", { name: /質問を追加|Add a question/ }).click();
    await page.locator(".question-preview > summary").click();
    await page.getByRole("button", { name: /下書きを保存|Save as draft/ }).click();
    await look("form with errors", ".field-error:not(:empty)");
    await page.goto(`/events/${draft.id}`);
    await page.getByRole("button", { name: /公開する|Publish/ }).waitFor();
    await look("draft", ".seat-box");
    await page.goto("/events/01890000-0000-7000-8000-000000000000");
    await look("missing event", ".problem");
    await page.goto("/nowhere");
    await look("not found", ".empty");
    expect(found).toEqual([]);
    expect(visit.trouble).toEqual([]);
  });
});

test("a question asked over the page breaks no rule and gives the focus back", async () => {
  const half = await anEvent(stage.ctx, stage.organizer, {
    titleEn: "",
    status: "draft",
    publishedAt: null,
  });
  await using visit = await stage.visit({
    locale: "ja",
    as: stage.organizer,
    at: `/events/${half.id}`,
  });
  const { page } = visit;
  await page.getByRole("button", { name: "公開する" }).click();
  const question = page.getByRole("alertdialog", { name: "翻訳が足りません" });
  await question.waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "detached" });
  const button = page.getByRole("button", { name: "公開する" });
  await button.and(page.locator(":focus")).waitFor();
});

test("everything can be done without a mouse", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").waitFor();
  await page.keyboard.type(stage.attendee.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.locator(".event-card").first().waitFor();

  await page.reload();
  await page.locator(".event-card").first().waitFor();
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("Skip to the content");
  await page.keyboard.press("Enter");
  await tabTo(page, "Training");
  await tabTo(page, "A test event");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Register" }).waitFor();
  await page.locator("main:focus").waitFor();
  await tabTo(page, "Register");
  await page.keyboard.press("Enter");
  await page.locator(".registration-ticket").waitFor();
  await tabTo(page, "My registrations");
  await page.keyboard.press("Enter");
  await page.locator(".registration-row").waitFor();

  await page.keyboard.press("/");
  await page.keyboard.type("test");
  await page.waitForURL("**/?text=test");
  await page.keyboard.press("Tab");
  await tabTo(page, "Menu of Mark Adler");
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemradio", { name: "Dark" }).waitFor();
  await page.keyboard.type("Dark");
  await page.keyboard.press("Enter");
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  expect(visit.trouble).toEqual([]);
});

test("the calendar is one stop, moved in by arrows, from month to month", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await page.locator("aside [aria-current=date]").focus();
  const stops = await page.locator("aside td button[tabindex='0']").count();
  expect(stops).toBe(1);
  for (let week = 0; week < 5; week += 1) await page.keyboard.press("ArrowDown");
  const day = (await page.locator("aside td button:focus").getAttribute("data-day")) ?? "";
  const inFiveWeeks = new Date(Date.now() + 35 * DAY);
  const expected = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(inFiveWeeks);
  expect(day).toBe(expected);
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/?from=${day}&to=${day}`);
});

test("the shortcut can be turned off, for those who speak to their computer", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await openMenu(page);
  await page.getByRole("menuitemcheckbox", { name: /goes to the search/ }).click();
  await page.reload();
  await page.locator(".event-card").first().waitFor();
  await page.keyboard.press("/");
  expect(await page.getByRole("searchbox").evaluate((box) => box.matches(":focus"))).toBe(false);
});

/**
 * On a screen as tall as the page, where the tabs of a phone cover none of it: a field that lies half under
 * them is no barrier, as one scrolls it clear. That the focus never does is a test of its own.
 */
async function onWholePage<T>(page: Page, look: () => Promise<T>): Promise<T> {
  const screen = page.viewportSize();
  if (screen === null) throw new Error("the page has no size of its own");
  const height: number = await page.evaluate("document.documentElement.scrollHeight");
  await page.setViewportSize({ ...screen, height });
  const seen = await look();
  await page.setViewportSize(screen);
  return seen;
}

async function signInHere(page: Page): Promise<void> {
  await page.locator("[name=email]").fill(stage.organizer.email);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.locator("[name=password]").press("Enter");
  await page.locator("#list-title").waitFor();
}

async function openMenu(page: Page): Promise<void> {
  await page.locator("header [aria-haspopup]").click();
  await page.locator(".menu").waitFor();
}

function focused(page: Page): Promise<string> {
  return page.evaluate(
    "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()",
  );
}

/** Presses Tab until the focus is on something with this name; a trap or a gap fails. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let press = 0; press < 40; press += 1) {
    if ((await focused(page)) === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`40 tabs and no "${name}"; the focus is on "${await focused(page)}"`);
}
