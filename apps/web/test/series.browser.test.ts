import type { TestUser } from "@tsudoi/core/test/builders.ts";
import { aPicture } from "@tsudoi/core/test/pictures.ts";
import type { CreatedSeries, NewEvent } from "@tsudoi/shared/event-input.ts";
import type { EventPage } from "@tsudoi/shared/events.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { askAs, doAs, eventAs, someGuests } from "./crowd.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** The drafts of a series that is held every week. */
async function aSeries(count: number, given: Partial<NewEvent> = {}): Promise<string[]> {
  const start = new Date(Date.now() + 2 * DAY);
  const event: NewEvent = {
    title: { ja: "勉強会", en: "Study group" },
    startsAt: start.toISOString(),
    endsAt: new Date(start.getTime() + HOUR).toISOString(),
    timeZone: "Asia/Tokyo",
    capacity: 3,
    ...given,
  };
  const rrule = `FREQ=WEEKLY;COUNT=${count}`;
  const made = await doAs<CreatedSeries>(stage, organizer, [
    "events.createSeries",
    { event, rrule },
  ]);
  return made.events.map(({ id }) => id);
}

async function aPublicSeries(count: number, given: Partial<NewEvent> = {}): Promise<string[]> {
  const ids = await aSeries(count, given);
  await doAs(stage, organizer, ["events.publish", { eventId: ids[0], apply: "all" }]);
  return ids;
}

const manage = (page: Page, id: string | undefined) => page.goto(`/organize/events/${id}`);
const choice = (page: Page) => page.getByLabel("Which events of the series?");
const save = (page: Page) => page.getByRole("button", { name: "Save the changes" });

test("one walks through a series, and publishing it all says that it is all public", async () => {
  const ids = await aSeries(5);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await manage(page, ids[1]);
  const nav = page.getByRole("navigation", { name: "Other events of the series" });
  const place = (words: string) => nav.getByRole("button", { name: words });
  await place("2 of 5 in its series").waitFor();
  await nav.getByRole("link", { name: "Previous" }).click();
  await place("1 of 5 in its series").waitFor();
  expect(await nav.getByRole("link", { name: "Previous" }).count()).toBe(0);
  await nav.getByRole("link", { name: "Next" }).click();
  await place("2 of 5 in its series").click();
  const dates = nav.getByRole("listitem").getByRole("link");
  expect(await dates.count()).toBe(5);
  expect(await findBarriers(page)).toEqual([]);
  expect(await nav.locator("[aria-current]").allTextContents()).toEqual([
    await dates.nth(1).textContent(),
  ]);
  await dates.nth(4).click();
  await page.waitForURL(`**/organize/events/${ids[4]}`);
  await place("5 of 5 in its series").waitFor();
  expect(await nav.getByRole("link", { name: "Next" }).count()).toBe(0);

  const publish = page.getByRole("button", { name: "Publish", exact: true });
  await page.getByText("opens when published, until").waitFor();
  await publish.click();
  await page.locator(".notice:focus").getByText("1 of the 5 events of the series").waitFor();
  await nav.getByRole("link", { name: "Previous" }).click();
  await place("4 of 5 in its series").waitFor();
  await page.getByLabel("Publish all drafts of the series").check();
  await publish.click();
  const notice = page.locator(".notice:focus");
  await notice.getByText("All 5 events of the series are published.").waitFor();
  const statuses = await Promise.all(ids.map((id) => eventAs(stage, organizer, id)));
  expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set(["published"]));
  expect(visit.trouble).toEqual([]);
});

test("what a question lacks is named before publishing, and led to at its field", async () => {
  const question = (id: string, more: Partial<Question> = {}): Question => ({
    ...{ id, kind: "text", label: { ja: "食事", en: "Meal" }, required: false, options: [] },
    ...more,
  });
  const options = [
    { id: "a", label: { ja: "前半", en: "First" } },
    { id: "b", label: { ja: "後半", en: "" } },
  ];
  const questions = [
    question("q1", { label: { ja: "食べられないもの", en: "" } }),
    question("q2", { kind: "choice", options }),
  ];
  const [first, second] = await aSeries(2, { questions });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await manage(page, first);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const gate = page.getByRole("alertdialog", { name: "A translation is missing" });
  const missing = gate.getByRole("list", { name: "What is missing" }).getByRole("link");
  await missing.first().waitFor();
  expect(await missing.allTextContents()).toEqual([
    "Question 1 (English)",
    "Question 2, option 2 (English)",
  ]);
  await missing.nth(1).click();
  await page.locator("[name=question-q2-b-en]:focus").fill("Second");
  await page.locator("[name=question-q1-en]").fill("What you can't eat");
  await save(page).click();
  await page.waitForURL(`**/organize/events/${first}`);

  // The other one is as it was: it is named, and led to.
  await page.getByLabel("Publish all drafts of the series").check();
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const other = gate.getByRole("link", { name: "lacks a translation" });
  expect(await other.getAttribute("href")).toBe(`/organize/events/${second}/edit`);
  await gate.getByRole("button", { name: "Publish anyway" }).click();
  await page.getByText("All 2 events of the series are published.").waitFor();
  expect(visit.trouble).toEqual([]);
});

test("saving a change of several events says first how many of them and of their people it tells", async () => {
  const [first = "", second = "", third = ""] = await aPublicSeries(3);
  await someGuests(stage, first, 2);
  await someGuests(stage, second, 4);
  await someGuests(stage, third, 1);
  await using visit = await stage.visit({
    locale: "en",
    as: organizer,
    at: `/organize/events/${second}/edit`,
  });
  const { page } = visit;
  const preview = page.getByRole("complementary", { name: "Preview" });
  await preview.getByText("3 of 3 seats taken").waitFor();
  // How far a change goes is asked before there is one.
  await page.locator("form").getByText("2 of 3 in its series").waitFor();
  expect(await choice(page).inputValue()).toBe("this");
  await page.locator("[name=location]").fill("Somewhere else");
  await page.getByText("4 people will be told of the change.").waitFor();
  await choice(page).selectOption("following");
  await page.getByText("2 events change, and up to 5 people will be told.").waitFor();
  await page.getByText("Saving changes this event and those after it.").waitFor();
  await choice(page).selectOption("all");
  // The preview keeps its room on a low screen, and the button that saves is in sight.
  await page.setViewportSize({ width: 1_024, height: 640 });
  expect((await page.locator(".preview-page").boundingBox())?.height).toBeGreaterThan(200);
  const { y = 0, height = 0 } = (await save(page).boundingBox()) ?? {};
  expect(y + height).toBeGreaterThan(0);
  expect(y + height).toBeLessThan(640);
  expect(await overflow(page)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  const told = "3 events change, and up to 7 people will be told.";
  await page.getByText(told).waitFor();
  await page.getByLabel("Capacity", { exact: true }).fill("4");
  await page.getByText("The new seats go to 1 person on the waitlist, in order.").waitFor();
  await save(page).click();
  await page.locator(".toast", { hasText: `Saved. ${told}` }).waitFor();
  expect((await eventAs(stage, organizer, third)).location).toBe("Somewhere else");

  await page.getByRole("button", { name: "Cancel the event" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel the event?" });
  await dialog.getByText("4 people will be told of it.").waitFor();
  await dialog.getByRole("combobox").selectOption("all");
  await dialog.getByText("3 events will be cancelled. Up to 7 people will be told.").waitFor();
  expect(visit.trouble).toEqual([]);
});

test("a picture is given to a whole series, and taken from the events one says", async () => {
  const ids = await aPublicSeries(3);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  const covered = async () =>
    (await Promise.all(ids.map((id) => eventAs(stage, organizer, id)))).map(
      ({ cover }) => cover !== null,
    );
  await manage(page, ids[1]);
  const file = { name: "picture", mimeType: "image/jpeg", buffer: await aPicture() };
  await page.locator(".cover-field input[type=file]").setInputFiles(file);
  await choice(page).selectOption("all");
  await page.getByRole("button", { name: "Use this picture" }).click();
  await page.getByText("The cover picture is set.").waitFor();
  expect(await covered()).toEqual([true, true, true]);
  const remove = page.getByRole("button", { name: "Remove" });
  await remove.click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await remove.and(page.locator(":focus")).click();
  await page.getByLabel("From which events of the series?").selectOption("following");
  await remove.click();
  await page.getByText("The cover picture is removed.").waitFor();
  expect(await covered()).toEqual([true, false, false]);
  expect(visit.trouble).toEqual([]);
});

test("who cannot come on one date sees the others that are open to them", async () => {
  const [first, second, third] = await aPublicSeries(4);
  const { version } = await eventAs(stage, organizer, third ?? "");
  const secret = { eventId: third, version, audience: "invited" };
  await doAs(stage, organizer, ["events.update", secret]);
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${first}`,
  });
  const { page } = visit;
  const others = page.getByRole("region", { name: "Other dates of this series" });
  await others.getByRole("link").first().waitFor();
  expect(await others.getByRole("link").count()).toBe(2);
  await others.getByRole("link").first().click();
  await page.waitForURL(`**/events/${second}`);
  expect(visit.trouble).toEqual([]);
});

test("a series is made from the dates that were shown, and one of them is changed alone or with the others", async () => {
  await using visit = await stage.visit({ locale: "en", as: organizer, at: "/organize/new" });
  const { page } = visit;
  await page.getByLabel("Title (English)").fill("Reading group");
  await page.getByLabel("How often").selectOption("weekly");
  await page.getByLabel("How many in all").fill("3");
  const dates = await page.locator(".repeat-days li").allTextContents();
  expect(dates).toHaveLength(3);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await page.getByText("1 of 3 in its series").waitFor();
  const saved = async (eventId: string) => {
    await save(page).click();
    await page.waitForURL(`**/organize/events/${eventId}`);
  };
  const listOf = async () => {
    const list = ["events.list", { scope: "organizing", text: "Reading" }] as [string, unknown];
    return (await askAs<EventPage>(stage, organizer, list)).items;
  };
  const [first, second] = await listOf();
  if (!first || !second) throw new Error("there is no series");
  const shown = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "Asia/Tokyo" });
  expect((await listOf()).map(({ startsAt }) => shown.format(new Date(startsAt)))).toEqual(
    dates.map((date) => date.replace(/^\w+ /, "").replace("Sep", "Sept")),
  );
  await page.goto(`/organize/events/${second.id}/edit`);
  await page.getByLabel("Capacity", { exact: true }).fill("12");
  await choice(page).selectOption("following");
  await saved(second.id);
  expect((await listOf()).map((event) => event.capacity)).toEqual([30, 12, 12]);
  await page.goto(`/organize/events/${first.id}/edit`);
  await page.getByLabel("Capacity", { exact: true }).fill("9");
  await saved(first.id);
  expect((await listOf()).map((event) => event.capacity)).toEqual([9, 12, 12]);
  expect(visit.trouble).toEqual([]);
});
