import { anEvent } from "@tsudoi/core/test/builders.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** What of a phone is left under the address bar, and on the smallest. */
const SCREENS = [
  [390, 664],
  [320, 568],
] as const;

const QUESTIONS: Question[] = ["lunch", "train", "wish"].map((id) => ({
  id,
  kind: "text",
  label: { en: `Your ${id}?`, ja: id },
  required: true,
  options: [],
}));

type Sight = { name: string; top: number; bottom: number; barTop: number };

/** Where something is, else what has the focus, and where the bar at the thumb begins. */
function sightOf(page: Page, selector?: string): Promise<Sight> {
  return page.evaluate<Sight>(`(() => {
    const selector = ${JSON.stringify(selector ?? null)};
    const found = selector ? document.querySelector(selector) : document.activeElement;
    const bar = document.querySelector(".action-bar") ?? document.querySelector(".navigation");
    const { top, bottom } = found.getBoundingClientRect();
    return { name: found.name || found.textContent, top, bottom, barTop: bar.getBoundingClientRect().top };
  })()`);
}

const CONTROL = 44;

/** A long field may go on under the bar; where one writes begins in sight. */
function expectClear({ name, top, bottom, barTop }: Sight, header = 0): void {
  expect(top, name).toBeGreaterThanOrEqual(header);
  expect(Math.min(bottom, top + CONTROL), name).toBeLessThanOrEqual(barTop);
}

describe.each(SCREENS)("on a phone of %i × %i", (width, height) => {
  test("a press that asks questions shows them, and what is wrong with their answers", async () => {
    const event = await anEvent(stage.ctx, stage.organizer, {
      questions: QUESTIONS,
      descriptionEn: "Half a day.\n\nWe walk.",
    });
    await using visit = await stage.visit({ locale: "en", phone: true, as: stage.attendee });
    const { page } = visit;
    await page.setViewportSize({ width, height });
    await page.goto(`/events/${event.id}`);
    const register = page.getByRole("button", { name: "Register" });
    await register.click();
    await page.locator(".register-questions h2:focus").waitFor();
    expectClear(await sightOf(page, ".register-questions h2"));
    expectClear(await sightOf(page, ".register-questions textarea, .register-questions input"));
    await register.click();
    await page.locator(".answers-wrong:focus").waitFor();
    expectClear(await sightOf(page, ".answers-wrong"));
    await page.getByRole("button", { name: "Your wish?" }).click();
    await page.locator("[aria-invalid=true]:focus").waitFor();
    expectClear(await sightOf(page));
    expect(visit.trouble).toEqual([]);
  });

  test("no field that the focus comes to lies under the header or the tabs", async () => {
    await using visit = await stage.visit({ locale: "ja", phone: true, as: stage.organizer });
    const { page } = visit;
    await page.setViewportSize({ width, height });
    await page.goto("/organize/new");
    await page.getByRole("button", { name: "下書きを保存" }).click();
    await page.locator("[aria-invalid=true]:focus").waitFor();
    const header = (await page.locator(".header").boundingBox())?.height ?? 0;
    expect(header).toBeGreaterThan(0);
    expectClear(await sightOf(page), header);
    const passed: Sight[] = [];
    for (;;) {
      await page.keyboard.press("Tab");
      // Not :focus, which the button inside a field of a date does not match.
      if (!(await page.evaluate("document.activeElement.closest('form') !== null"))) break;
      passed.push(await sightOf(page));
    }
    for (const sight of passed) expectClear(sight, header);
    expect(passed.length).toBeGreaterThan(10);
    expect(visit.trouble).toEqual([]);
  });
});
