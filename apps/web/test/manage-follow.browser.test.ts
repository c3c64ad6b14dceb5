import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { doAs, someGuests } from "./crowd.ts";
import { leaves } from "./people.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en", familyName: "Sato" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const rows = (page: Page) => page.locator(".people-table tbody tr");
const tab = (page: Page, name: string) => page.getByRole("link", { name, exact: true });
const tile = (page: Page, name: string) => page.locator(".status-tile", { hasText: name });

test("a request for approval is there while one looks, however far down, and takes no seat", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 30, approval: true });
  await someGuests(stage, event.id, 20);
  await using visit = await stage.visit({
    locale: "en",
    as: organizer,
    at: `/organize/events/${event.id}/people`,
  });
  const { page } = visit;
  await rows(page).nth(19).scrollIntoViewIfNeeded();
  await tab(page, "People 20").waitFor({ state: "attached" });
  await someGuests(stage, event.id, 1);
  await rows(page).nth(20).getByText("Awaiting approval").waitFor();
  await tab(page, "People 21").click();
  await page.goto(`/organize/events/${event.id}`);
  await tile(page, "Awaiting approval").getByText("21", { exact: true }).waitFor();
  await someGuests(stage, event.id, 1);
  await tile(page, "Awaiting approval").getByText("22", { exact: true }).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("a rush is read again now and then, and its end is what is shown", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 100, approval: true });
  await using visit = await stage.visit({
    locale: "en",
    as: organizer,
    at: `/organize/events/${event.id}`,
  });
  const { page } = visit;
  await tile(page, "Awaiting approval").getByText("0", { exact: true }).waitFor();
  const reads: number[] = [];
  // By the browser's own clock: how late we hear of it says nothing.
  page.on("requestfinished", (request) => {
    if (!request.url().includes("registrations.countForEvent")) return;
    reads.push(request.timing().startTime);
  });
  await Promise.all(Array.from({ length: 8 }, () => someGuests(stage, event.id, 5)));
  await tile(page, "Awaiting approval").getByText("40", { exact: true }).waitFor();
  reads.sort((one, other) => one - other);
  const pauses = reads.slice(1).map((read, index) => read - (reads[index] ?? 0));
  expect(Math.min(...pauses, 2_000)).toBeGreaterThan(1_900);
  expect(visit.trouble).toEqual([]);
});

test("the number on a tab is that of its rows; those who left are a filter away", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 2, waitlistMode: "automatic" });
  const guests = await someGuests(stage, event.id, 5);
  await leaves(stage, guests[0]!);
  await using visit = await stage.visit({
    locale: "en",
    as: organizer,
    at: `/organize/events/${event.id}/people`,
  });
  const { page } = visit;
  await tab(page, "People 4").waitFor();
  await rows(page).nth(3).waitFor();
  expect(await rows(page).count()).toBe(4);
  await page.getByLabel("Status").selectOption("ended");
  await page.waitForURL("**/people?standing=ended");
  await rows(page).first().getByText("Cancelled").waitFor();
  await page.getByLabel("Status").selectOption("all");
  await rows(page).nth(4).waitFor();
  await tab(page, "Waitlist 2").click();
  await page.getByRole("heading", { name: "People waiting 2" }).waitFor();
  await page.locator(".queue-table tbody tr").nth(1).waitFor();
  expect(await page.locator(".queue-table tbody tr").count()).toBe(2);
  for (const guest of guests.slice(1)) await leaves(stage, guest);
  await tab(page, "People 0").click();
  await page.getByRole("heading", { name: "No current registrations" }).waitFor();
  await page.getByRole("link", { name: "See those that ended" }).click();
  await rows(page).nth(4).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("who entered a draw awaits the draw, and nobody's approval", async () => {
  const event = await anEvent(stage.ctx, organizer, {
    capacity: 2,
    allocation: "lottery",
    drawAt: new Date(Date.now() + 24 * HOUR),
    drawSeed: "ab".repeat(32),
  });
  await someGuests(stage, event.id, 3);
  await using visit = await stage.visit({
    locale: "en",
    as: organizer,
    at: `/organize/events/${event.id}`,
  });
  const { page } = visit;
  const entered = tile(page, "Awaiting the draw");
  await entered.getByText("3", { exact: true }).waitFor();
  await entered.getByRole("link").click();
  await rows(page).nth(2).getByText("Awaiting the draw").waitFor();
  const chosen = page.getByLabel("Status").locator("option:checked");
  expect(await chosen.textContent()).toBe("Awaiting the draw");
  expect(await page.getByText("Awaiting approval").count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("where nobody could be approved, the reason is what is told, and they stay selected", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 1, approval: true });
  const [first] = await someGuests(stage, event.id, 3);
  const registrationIds = [first?.registrationId];
  const approved = { eventId: event.id, registrationIds, decision: "approve" };
  await doAs(stage, organizer, ["registrations.decideMany", approved]);
  const at = `/organize/events/${event.id}/people?standing=pending`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  await page.getByLabel("Select everyone shown").check();
  const bar = page.getByRole("region", { name: "What to do with those selected" });
  await bar.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  const notice = page.locator(".notice:focus");
  await notice.getByText("2 could not be approved: the event is full.").waitFor();
  await bar.getByText("2 selected").waitFor();
  expect(await notice.getByRole("listitem").count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});
