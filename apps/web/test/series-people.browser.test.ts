import type { TestUser } from "@tsudoi/core/test/builders.ts";
import type { CreatedSeries, NewEvent } from "@tsudoi/shared/event-input.ts";
import type { OrganizerPage } from "@tsudoi/shared/event-organizers.ts";
import type { InvitationPage } from "@tsudoi/shared/invitations.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { askAs, doAs } from "./crowd.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Four events of a series for invited people. */
async function aSeries(): Promise<string[]> {
  const start = new Date(Date.now() + 2 * DAY);
  const event: NewEvent = {
    title: { ja: "勉強会", en: "Study group" },
    startsAt: start.toISOString(),
    endsAt: new Date(start.getTime() + HOUR).toISOString(),
    timeZone: "Asia/Tokyo",
    capacity: 3,
    audience: "invited",
  };
  const wanted = { event, rrule: "FREQ=WEEKLY;COUNT=4" };
  const made = await doAs<CreatedSeries>(stage, organizer, ["events.createSeries", wanted]);
  return made.events.map(({ id }) => id);
}

const counted = (ids: string[], count: (eventId: string) => Promise<number>) =>
  Promise.all(ids.map(count));
const invitedTo = (ids: string[]) =>
  counted(ids, async (eventId) => {
    const asked: [string, unknown] = ["events.listInvitations", { eventId }];
    return (await askAs<InvitationPage>(stage, organizer, asked)).items.length;
  });
const organisersOf = (ids: string[]) =>
  counted(ids, async (eventId) => {
    const asked: [string, unknown] = ["events.listOrganizers", { eventId }];
    return (await askAs<OrganizerPage>(stage, organizer, asked)).items.length;
  });

const choice = (within: Page | Locator) => within.getByLabel("Which events of the series?");

async function looksRight(page: Page): Promise<void> {
  expect(await findBarriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
}

test("people are invited to those events of a series that are chosen, and taken off as many", async () => {
  const ids = await aSeries();
  const at = `/organize/events/${ids[1]}/invitations`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  await page.getByText("Each person gets one e-mail for the whole series.").waitFor();
  await page.getByText("It invites to this event alone.").waitFor();
  await page.getByLabel("E-mail addresses").fill("one@example.test\ntwo@example.test");
  await choice(page).selectOption("following");
  await looksRight(page);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByText("2 people invited.").waitFor();
  expect(await invitedTo(ids)).toEqual([0, 2, 2, 2]);

  await page.getByRole("button", { name: "Remove one@example.test" }).click();
  const dialog = page.getByRole("dialog");
  await choice(dialog).selectOption("all");
  await dialog.getByText("Those that are over or cancelled stay as they are.").waitFor();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await page.locator(".notice:focus").getByText("one@example.test is no longer invited.").waitFor();
  expect(await page.getByRole("button", { name: "Undo" }).count()).toBe(0);
  expect(await invitedTo(ids)).toEqual([0, 1, 1, 1]);

  await page.getByRole("button", { name: "Remove two@example.test" }).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Remove two@example.test" }).waitFor();
  expect(await invitedTo(ids)).toEqual([0, 1, 1, 1]);
  expect(visit.trouble).toEqual([]);
});

test("somebody organises all of a series at once, with another role in one event, and none of it again", async () => {
  const ids = await aSeries();
  const helper = await stage.newPerson({ familyName: "Sato", givenName: "Hanako" });
  const at = `/organize/events/${ids[1]}/organizers`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  await page.locator("form [name=email]").fill(helper.email);
  await choice(page).selectOption("all");
  await page.getByText("Those that are over or cancelled too.").waitFor();
  await looksRight(page);
  await page.locator("form [type=submit]").click();
  const row = page.locator(".organizers-table tbody tr", { hasText: helper.email });
  await row.waitFor();
  expect(await organisersOf(ids)).toEqual([2, 2, 2, 2]);

  const dialog = page.getByRole("dialog");
  await row.getByRole("combobox").selectOption("viewer");
  await dialog.getByRole("button", { name: "Change", exact: true }).click();
  await page.locator(".notice:focus").getByRole("button", { name: "Undo" }).waitFor();
  await row.getByRole("button", { name: /^Remove/ }).click();
  await choice(dialog).selectOption("following");
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await row.waitFor({ state: "detached" });
  expect(await organisersOf(ids)).toEqual([2, 1, 1, 1]);
  expect(visit.trouble).toEqual([]);
});

test("a list of more than a page is searched by address and by name", async () => {
  const [eventId = ""] = await aSeries();
  const person = await stage.newPerson({ familyName: "Yamada", givenName: "Ken" });
  const emails = Array.from({ length: 60 }, (_, index) => `guest${index}@example.test`);
  await doAs(stage, organizer, ["events.invite", { eventId, emails }]);
  const at = `/organize/events/${eventId}/invitations`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  const { page } = visit;
  await doAs(stage, organizer, ["events.invite", { eventId, emails: [person.email] }]);
  const rows = page.locator(".invitations-table tbody tr");
  const search = page.getByLabel("Find by e-mail address or name");
  await search.fill("yamada ken");
  await rows.filter({ hasText: person.email }).waitFor();
  await page.getByText("1 person shown").waitFor();
  expect(await rows.count()).toBe(1);
  await looksRight(page);
  await search.fill("nobody at all");
  await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
  await search.fill("");
  await page.getByText("50 people shown").waitFor();
  await page.locator("[name=text]:focus").waitFor();
  expect(visit.trouble).toEqual([]);
});

test("a short list is not searched", async () => {
  const [eventId = ""] = await aSeries();
  await doAs(stage, organizer, ["events.invite", { eventId, emails: ["one@example.test"] }]);
  const at = `/organize/events/${eventId}/invitations`;
  await using visit = await stage.visit({ locale: "en", as: organizer, at });
  await visit.page.locator(".invitations-table tbody tr").waitFor();
  expect(await visit.page.locator("main").getByRole("searchbox").count()).toBe(0);
});
