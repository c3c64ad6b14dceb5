import { events } from "@tsudoi/core/db/schema/events.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stage, setStage, withoutStream } from "./stage.ts";

const EVENTS = 76;

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
  const start = (place: number) => new Date(Date.now() + DAY + Math.floor(place / 3) * DAY);
  const rows = Array.from({ length: EVENTS }, (_, place) => ({
    organizationId: stage.organizationId,
    createdBy: stage.organizer.id,
    titleJa: "試験のイベント",
    titleEn:
      place % 4 === 0 ? `Event ${place} with a name that takes two lines on a phone` : "Event",
    categorySlug: "seminar",
    status: "published" as const,
    publishedAt: new Date(),
    startsAt: start(place),
    endsAt: new Date(start(place).getTime() + HOUR),
    timeZone: "Asia/Tokyo",
    registrationOpensAt: new Date(),
    registrationClosesAt: start(place),
    capacity: 10,
    waitlistMode: "none" as const,
    approval: false,
  }));
  await stage.ctx.db.insert(events).values(rows);
});
afterAll(() => stage[Symbol.asyncDispose]());

describe.each([
  ["desktop", false],
  ["phone", true],
] as const)("%s", (_name, phone) => {
  test("back in a long list, the card one opened stands where it stood and has the focus", async () => {
    await using visit = await stage.visit({ locale: "en", phone, as: stage.attendee });
    const { page } = visit;
    await showAll(page);
    const card = await openCardAt(page, 4_500);
    await page.goBack();
    await page.locator(`.event-card a[href="${card.href}"]:focus`).waitFor();
    expect(Math.abs((await topOf(page, card.href)) - card.top)).toBeLessThan(2);

    await page.keyboard.press("Enter");
    await page.locator(".back-link").click();
    await page.locator(`.event-card a[href="${card.href}"]:focus`).waitFor();
    expect(Math.abs((await topOf(page, card.href)) - card.top)).toBeLessThan(2);
    expect(visit.trouble).toEqual([]);
  });

  test("nor does a ticket that has come above the list move it", async () => {
    const person = await stage.newPerson({ locale: "en" });
    await using visit = await stage.visit({ locale: "en", phone, as: person });
    const { page } = visit;
    await showAll(page);
    const card = await openCardAt(page, 3_000);
    await page.getByRole("button", { name: "Register" }).click();
    await page.locator(".registration-ticket").waitFor();
    await page.goBack();
    await page.locator(`.event-card a[href="${card.href}"]:focus`).waitFor();
    await page.locator(".next-ticket").waitFor({ state: "attached" });
    await page.locator(".event-card", { hasText: "Confirmed" }).waitFor();
    expect(Math.abs((await topOf(page, card.href)) - card.top)).toBeLessThan(2);
  });
});

test("a long list that is loaded anew begins at its top", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await showAll(page);
  await page.evaluate("scrollTo(0, 4500)");
  await withoutStream(page);
  await page.reload();
  await page.locator(".event-card").first().waitFor();
  await page.waitForLoadState("networkidle");
  expect(await page.evaluate("scrollY")).toBe(0);
});

test("while the server is slow to say who is here, the frame stands and says that it loads", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  const renewal = Promise.withResolvers<void>();
  const batches: string[] = [];
  await page.route("**/trpc/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.endsWith("auth.refresh")) await renewal.promise;
    else batches.push(pathname);
    await route.continue();
  });
  await page.reload();
  await page.locator(".shell .skeleton").waitFor();
  await page.getByRole("status").getByText("Loading").waitFor();
  expect(batches).toEqual([]);
  renewal.resolve();
  await page.locator(".event-card").first().waitFor();
  // Who is here and what the page shows are asked for together.
  expect(batches[0]).toMatch(/auth\.me/);
  expect(batches[0]).toMatch(/events\.list/);
  expect(batches[0]).toMatch(/registrations\.listMine/);
  expect(visit.trouble).toEqual([]);
});

async function showAll(page: Page): Promise<void> {
  const cards = page.locator(".event-card");
  await cards.first().waitFor();
  for (let count = await cards.count(); count < EVENTS; count = await cards.count()) {
    await page.evaluate("scrollTo(0, document.documentElement.scrollHeight)");
    await cards.nth(count).waitFor({ state: "attached" });
  }
}

/** Opens the first card that is wholly seen at this height, and tells where it stood. */
async function openCardAt(page: Page, scroll: number): Promise<{ href: string; top: number }> {
  await page.evaluate(`scrollTo(0, ${scroll})`);
  const links = page.locator(".event-card h3 a");
  const tops: number[] = await links.evaluateAll((all) =>
    all.map((link) => link.getBoundingClientRect().top),
  );
  const place = tops.findIndex((top) => top > 200);
  const link = links.nth(place);
  const href = (await link.getAttribute("href")) ?? "";
  const top = await topOf(page, href);
  await link.click();
  await page.locator(".seat-box").waitFor();
  return { href, top };
}

function topOf(page: Page, href: string): Promise<number> {
  return page
    .locator(`.event-card a[href="${href}"]`)
    .evaluate((link) => link.getBoundingClientRect().top);
}
