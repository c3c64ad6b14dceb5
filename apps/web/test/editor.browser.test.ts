import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import type { AttendeePage } from "@tsudoi/shared/registration-lists.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askAs, doAs, eventAs, someGuests } from "./crowd.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const save = (page: Page) => page.getByRole("button", { name: /^Save (?:the changes|as draft)$/ });
const capacity = (page: Page) => page.getByLabel("Capacity", { exact: true });

async function edit(page: Page, eventId: string): Promise<void> {
  await page.goto(`/organize/events/${eventId}/edit`);
  await save(page).waitFor();
}

async function saved(page: Page, eventId: string): Promise<void> {
  await save(page).click();
  await page.waitForURL(`**/organize/events/${eventId}`);
}

test("publishing without English lists the missing fields, leads to each, and then goes through", async () => {
  const event = await anEvent(stage.ctx, organizer, {
    titleEn: "",
    descriptionJa: "社内データで学びます。",
    status: "draft",
    publishedAt: null,
  });
  await using visit = await stage.visit({
    locale: "en",
    as: organizer,
    at: `/organize/events/${event.id}`,
  });
  const { page } = visit;
  await page.getByRole("button", { name: "Publish" }).click();
  const gate = page.getByRole("alertdialog", { name: "A translation is missing" });
  const missing = gate.getByRole("list", { name: "What is missing" }).getByRole("link");
  await missing.first().waitFor();
  expect(await missing.allTextContents()).toEqual(["Title (English)", "Description (English)"]);
  await missing.nth(1).click();
  const description = page.getByLabel("Description (English)");
  await description.and(page.locator(":focus")).fill("With our own data.");
  await page.getByLabel("Title (English)").fill("Learning from data");
  await saved(page, event.id);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByText("Published.").waitFor();
  expect((await eventAs(stage, organizer, event.id)).status).toBe("published");
  expect(visit.trouble).toEqual([]);
});

test("five more seats go to the first five of the eight who wait, in order", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 2, waitlistMode: "offer" });
  const guests = await someGuests(stage, event.id, 10);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await edit(page, event.id);
  await capacity(page).fill("7");
  await page.getByText("The new seats go to 5 people on the waitlist, in order.").waitFor();
  await saved(page, event.id);
  await page.getByRole("link", { name: "Waitlist 3" }).click();
  const offered = page.getByRole("table", { name: "Seats offered" }).locator("tbody tr");
  await offered.nth(4).waitFor();
  const names = await offered.locator("th").allTextContents();
  expect(names).toEqual(["Guest 3", "Guest 4", "Guest 5", "Guest 6", "Guest 7"]);
  await offered.first().getByText("about 12 hours left").waitFor();
  const queue = page.getByRole("table", { name: "List of people waiting" }).locator("tbody tr");
  expect(await queue.locator("th").allTextContents()).toEqual(
    ["Guest 8", "Guest 9", "Guest 10"].map((name, place) => name + guests[7 + place]?.person.email),
  );
  const { items } = await askAs<AttendeePage>(stage, organizer, [
    "registrations.listForEvent",
    { eventId: event.id, status: "offered" },
  ]);
  expect(items.map(({ id }) => id)).toEqual(guests.slice(2, 7).map((one) => one.registrationId));
  expect(visit.trouble).toEqual([]);
});

test("a capacity below the seats taken is refused with their number, at its field", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 10 });
  await someGuests(stage, event.id, 3);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await edit(page, event.id);
  await capacity(page).fill("2");
  await save(page).click();
  const words = "3 seats are already taken. Please enter 3 or more.";
  await page.locator(".field-error", { hasText: words }).waitFor();
  await capacity(page).and(page.locator(":focus[aria-invalid=true]")).waitFor();
  // A mistake is no fault: there is no number to quote.
  const notice = page.getByRole("status").filter({ hasText: words });
  await notice.waitFor();
  expect(await notice.locator("details").count()).toBe(0);
  expect((await eventAs(stage, organizer, event.id)).capacity).toBe(10);
  await capacity(page).fill("3");
  expect(await page.getByText(words).count()).toBe(0);
  await saved(page, event.id);
  expect((await eventAs(stage, organizer, event.id)).capacity).toBe(3);
  expect(visit.trouble).toEqual([]);
});

/** Two people have the same event open, and the other one saves first. */
async function saveElsewhere(event: { id: string }, change: Partial<Event>): Promise<void> {
  const { version } = await eventAs(stage, organizer, event.id);
  await doAs(stage, organizer, ["events.update", { eventId: event.id, version, ...change }]);
}

test("who saves second reads what the first changed, and keeps both", async () => {
  const event = await anEvent(stage.ctx, organizer, { titleEn: "As it was", location: "1F" });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await edit(page, event.id);
  await page.getByLabel("Title (English)").fill("Mine");
  await capacity(page).fill("40");
  await saveElsewhere(event, { location: "Theirs 2F", capacity: 50 });
  await save(page).click();
  const notice = page.locator(".notice:focus", {
    hasText: "The event has been changed since you began to edit it.",
  });
  await notice.getByText("Changed there: Capacity and Place").waitFor();
  await notice.getByText("Changed here as well: Capacity").waitFor();
  expect((await eventAs(stage, organizer, event.id)).title.en).toBe("As it was");
  await notice.getByRole("button", { name: "Put my changes on top" }).click();
  await page.getByText("Your changes are on top of the saved version.").waitFor();
  expect(await page.getByLabel("Place (optional)").inputValue()).toBe("Theirs 2F");
  expect(await capacity(page).inputValue()).toBe("40");
  await saved(page, event.id);
  expect(await eventAs(stage, organizer, event.id)).toMatchObject({
    title: { en: "Mine" },
    location: "Theirs 2F",
    capacity: 40,
  });
  expect(visit.trouble).toEqual([]);
});

test("who would rather have the other's version sees it, and can bring their own back", async () => {
  const event = await anEvent(stage.ctx, organizer, { titleEn: "As it was" });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await edit(page, event.id);
  const title = page.getByLabel("Title (English)");
  await title.fill("Mine");
  await saveElsewhere(event, { title: { ja: "相手", en: "Theirs" } });
  await save(page).click();
  await page.getByRole("button", { name: "See the saved version" }).click();
  expect(await title.inputValue()).toBe("Theirs");
  await page.getByRole("button", { name: "Bring it back" }).click();
  expect(await title.inputValue()).toBe("Mine");
  await page.getByText("Changed here as well: Title (English)").waitFor();
});

test("what is typed over an event stays over a reload, and is gone once it is saved", async () => {
  const event = await anEvent(stage.ctx, organizer, { titleEn: "As it was" });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await edit(page, event.id);
  const title = page.getByLabel("Title (English)");
  await title.fill("Kept");
  await page.reload();
  expect(await title.inputValue()).toBe("Kept");
  await saved(page, event.id);
  await page.getByRole("heading", { name: "Kept", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Edit" }).click();
  expect(await title.inputValue()).toBe("Kept");
  expect(await page.getByRole("button", { name: "Drop the changes" }).count()).toBe(0);
});

test("people who registered are counted before a new time is sent to them", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 2, waitlistMode: "automatic" });
  await someGuests(stage, event.id, 3);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await edit(page, event.id);
  const told = page.getByText("3 people will be told of the change.");
  await page.getByLabel("Description (English)").fill("More words tell nobody.");
  expect(await told.count()).toBe(0);
  await page.getByLabel("Place (optional)").fill("Somewhere else");
  await told.waitFor();
  const conflicts = await watchFor(page, "The event has been changed since you began to edit it.");
  await saved(page, event.id);
  await page
    .locator(".toast", { hasText: "Saved. 3 people will be told of the change." })
    .waitFor();
  expect(await conflicts()).toBe(0);
});

/** Counts how often the words come up from now on, however shortly. */
async function watchFor(page: Page, words: string): Promise<() => Promise<number>> {
  await page.evaluate(`globalThis.timesSeen = 0;
    new MutationObserver(() => {
      if (document.body.textContent.includes(${JSON.stringify(words)})) timesSeen += 1;
    }).observe(document.body, { childList: true, subtree: true });`);
  return () => page.evaluate("timesSeen");
}
