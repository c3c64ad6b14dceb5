import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import type { CreatedSeries, NewEvent } from "@tsudoi/shared/event-input.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { doAs, eventAs, someGuests } from "./crowd.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** What a screen reader says after the name of a button. */
const describedBy = async (page: Page, button: Locator) =>
  page.locator(`id=${await button.getAttribute("aria-describedby")}`).textContent();

test("whom one looks for among an event's people is not looked for in the list of events", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 3 });
  await someGuests(stage, event.id, 2);
  const at = `/organize/events/${event.id}/people`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  const own = page.locator("main").getByRole("searchbox");
  const inHeader = page.locator("header").getByRole("searchbox");
  await own.fill("Guest 2");
  await page.waitForURL("**/people?text=Guest+2");
  await page.getByText("1 person shown").waitFor({ state: "attached" });
  expect(await inHeader.inputValue()).toBe("");
  await page.reload();
  await page.getByText("1 person shown").waitFor({ state: "attached" });
  expect(await own.inputValue()).toBe("Guest 2");
  expect(await inHeader.inputValue()).toBe("");

  await inHeader.fill("Study");
  await page.waitForURL("**/?text=Study");
  await page.locator("#list-title").waitFor();
  expect(await inHeader.inputValue()).toBe("Study");
  await page.goBack();
  await page.waitForURL("**/people?text=Guest+2");
  await page.getByText("1 person shown").waitFor({ state: "attached" });
  expect(await inHeader.inputValue()).toBe("");
  expect(visit.trouble).toEqual([]);
});

test("a file that is ready is told below the buttons, which stay where they are", async () => {
  const event = await anEvent(stage.ctx, organizer);
  await someGuests(stage, event.id, 1);
  const at = `/organize/events/${event.id}/people`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  const main = page.locator("main");
  const places = () =>
    Promise.all(
      ["CSV", "Add a person"].map((name) => main.getByRole("button", { name }).boundingBox()),
    );
  await main.getByText("Guest 1").first().waitFor();
  const before = await places();
  await main.getByRole("button", { name: "CSV" }).click();
  await main.getByText("The file is ready.").waitFor();
  expect(await places()).toEqual(before);
  expect(visit.trouble).toEqual([]);
});

test("cancelling a series says how many events end, also where nobody has registered", async () => {
  const start = new Date(Date.now() + 2 * DAY);
  const event: NewEvent = {
    title: { ja: "勉強会", en: "Study group" },
    startsAt: start.toISOString(),
    endsAt: new Date(start.getTime() + HOUR).toISOString(),
    timeZone: "Asia/Tokyo",
    capacity: 3,
  };
  const wanted = { event, rrule: "FREQ=WEEKLY;COUNT=4" };
  const made = await doAs<CreatedSeries>(stage, organizer, ["events.createSeries", wanted]);
  const ids = made.events.map(({ id }) => id);
  const [first = "", second = ""] = ids;
  await doAs(stage, organizer, ["events.publish", { eventId: first, apply: "all" }]);
  await someGuests(stage, first, 2);
  await using visit = await stage.visit({
    ...{ locale: "en", as: organizer },
    at: `/organize/events/${second}`,
  });
  const { page } = visit;
  await page.getByRole("button", { name: "Cancel the event" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel the event?" });
  await dialog.getByText("Nobody has registered.").waitFor();
  await dialog.getByRole("combobox").selectOption("following");
  await dialog.getByText("3 events will be cancelled. Nobody has registered.").waitFor();
  await dialog.getByRole("combobox").selectOption("all");
  await dialog.getByText("4 events will be cancelled. Up to 2 people will be told.").waitFor();
  await dialog.getByRole("button", { name: "Cancel the event" }).click();
  await page.locator(".notice:focus", { hasText: "cancelled" }).waitFor();
  const statuses = await Promise.all(ids.map((id) => eventAs(stage, organizer, id)));
  expect(statuses.map(({ status }) => status)).toEqual(ids.map(() => "cancelled"));
  expect(visit.trouble).toEqual([]);
});

test("of what was done with organisers only the last is told", async () => {
  const event = await anEvent(stage.ctx, organizer);
  const one = await stage.newPerson({ familyName: "League", givenName: "Col" });
  const other = await stage.newPerson({ familyName: "Friend", givenName: "Una" });
  const at = `/organize/events/${event.id}/organizers`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  const notices = page.locator(".notice");
  const add = async (email: string) => {
    await page.getByLabel("E-mail address").fill(email);
    await page.getByRole("button", { name: "Add", exact: true }).click();
  };
  await add(one.email);
  await notices.getByText("Col League is editor now.").waitFor();
  await page.getByRole("button", { name: /^Remove .*League/ }).click();
  await page.locator(".notice:focus").getByRole("button", { name: "Undo" }).waitFor();
  expect(await notices.count()).toBe(1);
  await add(other.email);
  await notices.getByText("Una Friend is editor now.").waitFor();
  expect(await notices.count()).toBe(1);
  expect(visit.trouble).toEqual([]);
});

test("a copy says that it is one, and a draft", async () => {
  const event = await anEvent(stage.ctx, organizer);
  const at = `/organize/events/${event.id}`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  await page.getByRole("button", { name: "Duplicate" }).click();
  await page.waitForURL("**/edit");
  expect(page.url()).not.toContain(event.id);
  const said = page.getByRole("status").getByText("A copy was made as a draft.");
  await said.waitFor();
  await page.locator("main:focus").waitFor();
  await page.locator(".event-form-head .chip", { hasText: "Draft" }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await page.goto(`/organize/events/${event.id}/edit`);
  await page.getByRole("heading", { name: "Edit the event" }).waitFor();
  expect(await page.locator(".event-form-head .chip").count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("no seat is offered to anybody while none is free, and why is said", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 1, waitlistMode: "automatic" });
  await someGuests(stage, event.id, 3);
  const at = `/organize/events/${event.id}/waitlist`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  const isOff = async (button: Locator) => {
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
    expect(await describedBy(page, button)).toContain("No seat is free to give.");
  };
  await isOff(page.getByRole("button", { name: "Give a seat: Guest 3" }));
  expect(await page.getByRole("button", { name: "To the front: Guest 3" }).isDisabled()).toBe(
    false,
  );
  expect(await findBarriers(page)).toEqual([]);

  await page.goto(`/organize/events/${event.id}/people?standing=waitlisted`);
  await page.getByLabel("Select everyone shown").check();
  const bar = page.getByRole("region", { name: "What to do with those selected" });
  await isOff(bar.getByRole("button", { name: "Give a seat" }));
  expect(await overflow(page)).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  await page.getByRole("button", { name: "Open the registration of Guest 2" }).click();
  const panel = page.getByRole("dialog", { name: "Guest 2" });
  await isOff(panel.getByRole("button", { name: "Give a seat" }));
  expect(await findBarriers(page)).toEqual([]);
  expect(visit.trouble).toEqual([]);
});

test("who has an offer is given its seat, though none is free", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 1, waitlistMode: "offer" });
  const guests = await someGuests(stage, event.id, 2);
  await doAs(stage, guests[0]!.person, [
    "registrations.cancel",
    { registrationId: guests[0]!.registrationId },
  ]);
  const at = `/organize/events/${event.id}/people?standing=offered`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  await page.getByLabel("Select everyone shown").check();
  const bar = page.getByRole("region", { name: "What to do with those selected" });
  await bar.getByRole("button", { name: "Give a seat" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Give a seat" }).click();
  await page.getByText("1 person got a seat.").waitFor();
  expect(visit.trouble).toEqual([]);
});
