import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const title = (page: Page) => page.getByLabel("Title (English)");

test("what is typed stays over a look elsewhere, the way back and a reload, until it is saved", async () => {
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto("/organize");
  await page.getByRole("link", { name: "Create an event" }).first().click();
  await title(page).fill("Kept over everything");
  await page.getByLabel("Capacity").fill("77");
  await page.getByRole("link", { name: "Events", exact: true }).click();
  await page.locator("#list-title").waitFor();
  await page.goBack();
  expect(await title(page).inputValue()).toBe("Kept over everything");
  await page.reload();
  expect(await title(page).inputValue()).toBe("Kept over everything");
  expect(await page.getByLabel("Capacity").inputValue()).toBe("77");
  await page.getByRole("button", { name: "Save as draft" }).click();
  await page.getByText("This is a draft.").waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Organise", level: 1 }).waitFor();
  await page.goto("/organize/new");
  expect(await title(page).inputValue()).toBe("");
  expect(visit.trouble).toEqual([]);
});

test("what was saved after one had gone elsewhere is kept no more, and stands against nothing", async () => {
  const event = await anEvent(stage.ctx, organizer);
  const at = `/organize/events/${event.id}/edit`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  await title(page).fill("Saved on the way out");
  const answer = Promise.withResolvers<void>();
  await page.route("**/trpc/events.update", async (route) => {
    await answer.promise;
    await route.continue();
  });
  const asked = page.waitForRequest("**/trpc/events.update");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await asked;
  await page.getByRole("link", { name: "Events", exact: true }).click();
  await page.locator("#list-title").waitFor();
  const saved = page.waitForResponse("**/trpc/events.update");
  answer.resolve();
  await (await saved).finished();
  await page.goBack();
  await title(page).waitFor();
  expect(await title(page).inputValue()).toBe("Saved on the way out");
  await page.getByRole("button", { name: "Save the changes" }).waitFor();
  expect(await page.getByText("The event has been changed since").count()).toBe(0);
  expect(await page.getByRole("button", { name: "Drop the changes" }).count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("what is cleared can be brought back, and what is kept is nobody else's", async () => {
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto("/organize/new");
  const clear = page.getByRole("button", { name: "Clear the form" });
  await title(page).waitFor();
  expect(await clear.count()).toBe(0);
  await title(page).fill("Cleared");
  await clear.click();
  expect(await title(page).inputValue()).toBe("");
  await page.getByRole("button", { name: "Bring it back" }).click();
  expect(await title(page).inputValue()).toBe("Cleared");
  await clear.click();
  await page.reload();
  await title(page).waitFor();
  expect(await title(page).inputValue()).toBe("");
  await title(page).fill("Not for others");
  const other = await stage.newPerson({ role: "organizer", locale: "en" });
  await page.evaluate((id) => {
    const kept = JSON.parse(sessionStorage.getItem("tsudoi-draft") ?? "{}");
    sessionStorage.setItem("tsudoi-draft", JSON.stringify({ ...kept, owner: id }));
  }, other.id);
  await page.reload();
  await title(page).waitFor();
  expect(await title(page).inputValue()).toBe("");
  expect(visit.trouble).toEqual([]);
});

test("a problem is marked at its own field, and no longer once that is changed", async () => {
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto("/organize/new");
  const save = page.getByRole("button", { name: "Save as draft" });
  const marked = () =>
    page
      .locator("form [aria-invalid=true]")
      .evaluateAll((fields) => fields.map((field) => field.getAttribute("name")));
  await save.click();
  await page.getByText("Please enter a title in Japanese or English.").first().waitFor();
  await page.getByText("Correct the marked fields, then try again.").waitFor();
  expect(await marked()).toEqual(["titleJa", "titleEn"]);
  await title(page).fill("x".repeat(201));
  expect(await marked()).toEqual([]);
  expect(await page.getByText("Correct the marked fields").count()).toBe(0);
  await page.getByLabel("Description (English)").fill("x".repeat(10_001));
  await page.getByLabel("Start", { exact: true }).fill("");
  await save.click();
  await page.getByText("A description has up to 10,000 characters.").waitFor();
  await page.getByText("Please enter the start time.").waitFor();
  expect(await marked()).toEqual(["titleEn", "descriptionEn", "from"]);
  await title(page).and(page.locator(":focus")).waitFor();
  await title(page).fill("A title");
  await page.getByLabel("Description (English)").fill("");
  await page.getByLabel("Start", { exact: true }).fill("15:00");
  await page.getByLabel("End date").fill("2036-01-01");
  await save.click();
  await page.getByText("An event lasts up to 31 days.").waitFor();
  await page.getByLabel("End date").and(page.locator(":focus")).waitFor();
  expect(await marked()).toEqual(["endDate"]);
});

test("the form says that a date has passed", async () => {
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto("/organize/new");
  await page.getByLabel("Date", { exact: true }).fill("2020-01-01");
  await page.getByText("This date has passed.").waitFor();
  await title(page).fill("Over before it began");
  await page.getByRole("button", { name: "Save as draft" }).click();
  await page.getByText("Its end has passed, so it cannot be published.").waitFor();
  expect(await page.getByRole("button", { name: "Publish" }).count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test.each([
  ["takes registrations", {}, /takes registrations/],
  ["opens later", { registrationOpensAt: new Date(Date.now() + HOUR) }, /Registration opens/],
])(
  "after publishing, the focus is on what the event now does: it %s",
  async (_what, times, words) => {
    const draft = { ...times, status: "draft", publishedAt: null } as const;
    const event = await anEvent(stage.ctx, organizer, draft);
    await using visit = await stage.visit({ locale: "en", as: organizer });
    const { page } = visit;
    await page.goto(`/events/${event.id}`);
    await page.getByRole("button", { name: "Publish" }).click();
    const notice = page.locator(".notice:focus");
    await notice.getByText("Published.").waitFor();
    await notice.getByText(words).waitFor();
    expect(visit.trouble).toEqual([]);
  },
);

test("who may not create events is told so, and shown the way back", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await page.goto("/organize/new");
  await page.getByRole("heading", { name: "You do not have permission for this." }).waitFor();
  expect(await page.locator("form [name]:not([type=search])").count()).toBe(0);
  await page.getByRole("link", { name: "To the events" }).click();
  await page.locator("#list-title").waitFor();
  await page.goto("/organize");
  await page.getByText("Once you are given a part in an event, it appears here.").waitFor();
  expect(await page.getByRole("link", { name: "Create an event" }).count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("on a phone the preview comes before the button that saves", async () => {
  await using visit = await stage.visit({ locale: "en", phone: true, as: organizer });
  const { page } = visit;
  await page.goto("/organize/new");
  const top = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? 0;
  await page.locator(".draft-preview").waitFor();
  expect(await top(".draft-preview")).toBeGreaterThan(await top("form[id] section:last-of-type"));
  expect(await top("button[type=submit][form]")).toBeGreaterThan(await top(".draft-preview"));
  await page.getByRole("button", { name: /^Menu of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
  expect(await page.getByText("goes to the search").count()).toBe(0);
});

test("a draft that was duplicated is saved as a draft, and what is published by its changes", async () => {
  const event = await anEvent(stage.ctx, organizer);
  const at = `/organize/events/${event.id}`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await button("Duplicate").click();
  await button("Save as draft").waitFor();
  expect(await button("Save the changes").count()).toBe(0);
  await page.goto(`${at}/edit`);
  await button("Save the changes").waitFor();
  expect(await button("Save as draft").count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});
