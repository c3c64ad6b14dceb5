import { anEvent } from "@tsudoi/core/test/builders.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

async function openEvent(page: Page): Promise<void> {
  const event = await anEvent(stage.ctx, stage.organizer);
  await page.goto(`/events/${event.id}`);
  await page.getByRole("button", { name: "Register" }).waitFor();
}

test("a button that waits keeps its name and the focus, and its work is said aloud", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await openEvent(page);
  const answer = Promise.withResolvers<void>();
  await page.route("**/trpc/registrations.register", async (route) => {
    await answer.promise;
    await route.continue();
  });
  await page.getByRole("button", { name: "Register" }).click();
  const waiting = page.locator(".seat-box .button[aria-busy=true]");
  await waiting.waitFor();
  expect(await waiting.ariaSnapshot()).toContain('button "Register" [disabled]');
  await page.getByRole("status").getByText("Registering", { exact: true }).waitFor();
  expect(await waiting.evaluate((button) => button.matches(":focus"))).toBe(true);
  answer.resolve();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("the account menu opens by keyboard at its first item and gives the focus back, from the first time on", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  const button = page.getByRole("button", { name: "Menu of Mark Adler" });
  const language = page.getByRole("menuitemradio", { name: "日本語" });
  const signOut = page.getByRole("menuitem", { name: "Sign out" });
  for (const [key, item] of [
    ["Enter", language],
    [" ", language],
    ["ArrowDown", language],
    ["ArrowUp", signOut],
  ] as const) {
    await button.focus();
    await page.keyboard.press(key);
    await item.and(page.locator(":focus")).waitFor();
    expect(await page.locator("header [aria-expanded]").getAttribute("aria-expanded")).toBe("true");
    await page.keyboard.press("Escape");
    await button.and(page.locator(":focus")).waitFor();
    await page.locator(".menu").waitFor({ state: "detached" });
  }
  expect(await button.getAttribute("aria-expanded")).toBe("false");

  await button.click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.locator("html[data-theme=dark]").waitFor();
  await button.and(page.locator(":focus")).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("a notice of a lost connection goes when the connection is back", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page, context } = visit;
  await openEvent(page);
  await context.setOffline(true);
  await page.getByText("You are offline.").waitFor();
  const toast = await page.locator(".toast").evaluate((element) => {
    const style = element.ownerDocument.defaultView.getComputedStyle(element);
    return [style.paddingLeft, style.paddingRight];
  });
  expect(toast).toEqual(["16px", "16px"]);
  await page.getByRole("button", { name: "Register" }).click();
  const notice = page.getByText("We cannot reach the server.");
  await notice.waitFor();
  await context.setOffline(false);
  await notice.waitFor({ state: "detached" });
  await context.setOffline(true);
  await page.getByRole("button", { name: "Register" }).click();
  await notice.waitFor();
});
