import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { eventAs, someGuests } from "./crowd.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;
beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const facts = (page: Page) => page.locator(".event-facts");

test("an organiser keeps the place for confirmed people, and the preview shows what others read", async () => {
  const event = await anEvent(stage.ctx, organizer, { location: "本社 12F" });
  await using visit = await stage.visit({
    locale: "en",
    as: organizer,
    at: `/organize/events/${event.id}/edit`,
  });
  const { page } = visit;
  const keeps = page.getByLabel("Show the place to confirmed people only");
  const preview = page.getByLabel("The event's page");
  await preview.getByText("本社 12F").waitFor();
  await keeps.check();
  await preview.getByText("Place shown once confirmed").waitFor();
  expect(await preview.getByText("本社 12F").count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await page.getByRole("button", { name: "Save the changes" }).click();
  await page.waitForURL(`**/organize/events/${event.id}`);
  expect(await eventAs(stage, organizer, event.id)).toMatchObject({
    ...{ location: "本社 12F", locationFor: "confirmed" },
  });
  await page.goto(`/organize/events/${event.id}/edit`);
  expect(await keeps.isChecked()).toBe(true);
  expect(await page.getByLabel("Place (optional)").inputValue()).toBe("本社 12F");
  expect(visit.trouble).toEqual([]);
});

test.each([
  ["ja", "場所は参加確定後に表示", "隠れ家", /^申し込む/],
  ["en", "Place shown once confirmed", "The hideout", /^Register/],
] as const)("who registers sees a kept place once confirmed: %s", async (...row) => {
  const [locale, promise, location, register] = row;
  const event = await anEvent(stage.ctx, organizer, { location, locationFor: "confirmed" });
  const person = await stage.newPerson({ locale });
  await using visit = await stage.visit({ locale, as: person });
  const { page } = visit;
  const card = page.locator(".event-card", { has: page.locator(`a[href="/events/${event.id}"]`) });
  await card.getByText(promise).waitFor();
  await page.goto(`/events/${event.id}`);
  await facts(page).getByText(promise).waitFor();
  expect(await page.getByText(location).count()).toBe(0);
  await page.getByRole("button", { name: register }).click();
  await facts(page).getByText(location).waitFor();
  expect(await page.getByText(promise).count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("beside a link, the page says that both come with the seat", async () => {
  const event = await anEvent(stage.ctx, organizer, {
    ...{ location: "The hideout", locationFor: "confirmed", capacity: 1 },
    ...{ onlineUrl: "https://meet.example.test/x", waitlistMode: "automatic" },
  });
  await someGuests(stage, event.id, 1);
  const as = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as, at: `/events/${event.id}` });
  const { page } = visit;
  const where = facts(page).locator("dd", { hasText: "Place shown once confirmed" });
  await where.getByText("and online; the link appears once").waitFor();
  expect(visit.trouble).toEqual([]);
});
