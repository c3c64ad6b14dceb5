import { LETTER_CASES } from "@tsudoi/core/test/letter-cases.ts";
import { letterTo } from "@tsudoi/core/test/letters.ts";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBarriers, overflow, WCAG } from "./barriers.ts";
import { launchBrowser } from "./stage.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const PHONE = { width: 360, height: 780 };
const LONG = "とても長い名前のイベント".repeat(8);
const LINK = `https://meet.example.test/${"long".repeat(40)}`;

describe.each([
  ["ja", "light"],
  ["ja", "dark"],
  ["en", "light"],
  ["en", "dark"],
] as const)("letters, %s, %s", (locale, colorScheme) => {
  test("can be read, and fit a phone", async () => {
    await using context = await browser.newContext({ viewport: PHONE, colorScheme });
    const page = await context.newPage();
    for (const { name, changes } of LETTER_CASES) {
      const { html } = letterTo({
        ...changes,
        person: { ...changes.person, locale },
        event: { ...changes.event, title: { ja: LONG, en: LONG }, location: LONG, onlineUrl: LINK },
      });
      await page.setContent(html);
      expect({ name, barriers: await findBarriers(page, WCAG) }).toEqual({ name, barriers: [] });
      expect({ name, overflow: await overflow(page) }).toEqual({ name, overflow: 0 });
    }
  });

  test("have the colours of the reader's scheme", async () => {
    await using context = await browser.newContext({ viewport: PHONE, colorScheme });
    const page = await context.newPage();
    await page.setContent(letterTo({ person: { locale } }).html);
    const brightness = (selector: string, property: string): Promise<number> =>
      page.evaluate(
        `getComputedStyle(document.querySelector("${selector}")).${property}.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0)`,
      );
    const isPaperBright = (await brightness("body", "backgroundColor")) > 600;
    const isInkBright = (await brightness("body", "color")) > 600;
    const isDark = colorScheme === "dark";
    expect([isPaperBright, isInkBright]).toEqual([!isDark, isDark]);
  });
});
