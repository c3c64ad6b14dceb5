import { eventOrganizers } from "@tsudoi/core/db/schema/event-organizers.ts";
import { anEvent, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import type { AttendeeCounts } from "@tsudoi/shared/registration-lists.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { askAs, doAs, eventAs, someGuests } from "./crowd.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en", familyName: "Sato" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const rows = (page: Page) => page.locator(".people-table tbody tr");

function countsOf(event: TestEvent): Promise<AttendeeCounts> {
  const asked = ["registrations.countForEvent", { eventId: event.id }] as [string, unknown];
  return askAs<AttendeeCounts>(stage, organizer, asked);
}

async function helper(event: TestEvent, role: "checkin" | "viewer"): Promise<TestUser> {
  const person = await stage.newPerson({ locale: "en" });
  const { organizationId } = stage;
  const part = { organizationId, eventId: event.id, userId: person.id, role };
  await stage.ctx.db.insert(eventOrganizers).values(part);
  return person;
}

test("many are approved at once, and who found no seat is told apart and stays selected", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 3, approval: true });
  await someGuests(stage, event.id, 5);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/people?standing=pending`);
  await rows(page).nth(4).waitFor();
  await page.getByLabel("Select everyone shown").check();
  const bar = page.getByRole("region", { name: "What to do with those selected" });
  await bar.getByRole("status").getByText("5 selected").waitFor();
  await bar.getByRole("button", { name: "Approve" }).click();
  const dialog = page.getByRole("dialog", { name: "Approve 5 people?" });
  await dialog.getByLabel("Reason").fill("See you there.");
  await dialog.getByRole("button", { name: "Approve" }).click();
  const result = page.locator(".notice:focus");
  await result.getByText("3 registrations approved.").waitFor();
  await result.getByText("2 could not be approved: the event is full.").waitFor();
  await bar.getByText("2 selected").waitFor();
  await rows(page).nth(1).and(page.locator("[data-selected]")).waitFor();
  expect(await rows(page).count()).toBe(2);
  expect(await countsOf(event)).toMatchObject({ confirmed: 3, pending: 2 });
  expect(visit.trouble).toEqual([]);
});

test("people are found while one types, and by where they stand, at an address to keep", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 2, waitlistMode: "automatic" });
  await someGuests(stage, event.id, 4);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/people`);
  await rows(page).nth(3).waitFor();
  await page.getByLabel("Find by name").pressSequentially("Guest 3");
  await page.waitForURL("**/people?text=Guest+3");
  await page.getByText("1 person shown").waitFor({ state: "attached" });
  await page.getByLabel("Find by name").fill("");
  await page.getByLabel("Status").selectOption("waitlisted");
  await page.waitForURL("**/people?standing=waitlisted");
  await rows(page).nth(1).getByText("On the waitlist · no. 2").waitFor();
  expect(await rows(page).count()).toBe(2);
  await page.getByLabel("Status").selectOption("rejected");
  await page.getByRole("heading", { name: "Nobody matches" }).waitFor();
  await page.getByRole("link", { name: "Clear the filters" }).click();
  await rows(page).nth(3).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("one person's registration opens beside the list, is cancelled there, and gives the focus back", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 1, waitlistMode: "automatic" });
  await someGuests(stage, event.id, 2);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/people`);
  const open = page.getByRole("button", { name: "Open the registration of Guest 1" });
  await open.click();
  const panel = page.getByRole("dialog", { name: "Guest 1" });
  await panel.getByText("0001").waitFor();
  await panel.getByRole("button", { name: "Cancel the registration" }).click();
  const question = page.getByRole("dialog", { name: "Cancel this registration?" });
  await question.getByRole("button", { name: "Cancel them" }).click();
  await panel.locator(".notice:focus").getByText("1 registration cancelled.").waitFor();
  await panel.locator("dl .chip", { hasText: "Cancelled" }).waitFor();
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  // Their row is gone: the list it was in is where one goes on.
  await page.locator("section:focus", { has: rows(page) }).waitFor();
  await rows(page).first().getByText("Confirmed").waitFor();
  expect(await rows(page).count()).toBe(1);
  await page.getByRole("button", { name: "Open the registration of Guest 2" }).click();
  await page.getByRole("dialog", { name: "Guest 2" }).waitFor();
  await page.keyboard.press("Escape");
  await page.locator("button:focus", { hasText: "Guest 2" }).waitFor();
  expect(await countsOf(event)).toMatchObject({ confirmed: 1, cancelled: 1, waitlisted: 0 });
  expect(visit.trouble).toEqual([]);
});

test("people are brought in by address one after another, and the reasons against it are told", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 1, waitlistMode: "automatic" });
  const guest = await stage.newPerson({ familyName: "Brought", givenName: "In" });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/people`);
  await page.getByRole("heading", { name: "Nobody has registered yet" }).waitFor();
  await page.getByRole("button", { name: "Add a person" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a person" });
  const send = async (email: string) => {
    await dialog.getByLabel("E-mail address").fill(email);
    await dialog.getByRole("button", { name: "Add", exact: true }).click();
  };
  await send("");
  await dialog.getByText("Please enter an e-mail address.").waitFor();
  await send("nobody@example.test");
  await dialog.getByText("Nobody in your organisation has this address.").waitFor();
  await send(guest.email);
  const said = dialog.getByRole("status");
  await said.getByText(`${guest.email} is confirmed.`).waitFor();
  await said.getByText("The receipt number is 0001.").waitFor();
  // The field is empty and has the focus: the next address can be written at once.
  expect(await dialog.locator("[name=email]:focus").inputValue()).toBe("");
  await page.keyboard.type(guest.email);
  await page.keyboard.press("Enter");
  await dialog.getByText("This person is registered already.").waitFor();
  await dialog.getByText("Give a seat").click();
  await send(stage.attendee.email);
  await dialog.getByText("The event is full.").waitFor();
  await dialog.getByText("Put them on the waitlist").click();
  await send(stage.attendee.email);
  await said.getByText(`${stage.attendee.email} is on the waitlist, no. 1.`).waitFor();
  await dialog.getByRole("button", { name: "Done", exact: true }).click();
  await page.locator("button:focus", { hasText: "Add a person" }).waitFor();
  await rows(page).getByText(guest.email).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("the list comes as a file by a link that works once", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 3 });
  await someGuests(stage, event.id, 2);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/people?text=Guest+2`);
  await rows(page).first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);
  await page.getByText("The file is ready.").waitFor();
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
  const lines = Buffer.concat(chunks).toString("utf8").trim().split("\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("Guest");
  expect((await fetch(download.url())).status).not.toBe(200);
});

test("a link that leads to no file takes nobody away from the list", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 3 });
  await someGuests(stage, event.id, 1);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.route("**/trpc/registrations.export**", async (route) => {
    const response = await route.fetch();
    const [link] = /\/files\/[^"]+/.exec(await response.text()) ?? [];
    await fetch(new URL(String(link), page.url()));
    await route.fulfill({ response });
  });
  await page.goto(`/organize/events/${event.id}/people`);
  await rows(page).first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "CSV" }).click(),
  ]);
  expect(await download.failure()).not.toBeNull();
  await page.getByText("The file is ready.").waitFor();
  expect(await rows(page).count()).toBe(1);
});

test("the queue keeps its order but for an organiser's exceptions", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 1, waitlistMode: "automatic" });
  const guests = await someGuests(stage, event.id, 4);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/waitlist`);
  const queue = page.locator(".queue-table tbody tr");
  const inOrder = (names: string[]) =>
    Promise.all(names.map((name, place) => queue.nth(place).getByText(name).waitFor()));
  await inOrder(["Guest 2", "Guest 3", "Guest 4"]);
  await page.getByRole("button", { name: "To the front: Guest 4" }).click();
  await page.locator(".notice:focus", { hasText: "Guest 4 is at the front now." }).waitFor();
  await inOrder(["Guest 4", "Guest 2", "Guest 3"]);
  expect(await page.getByRole("button", { name: "To the end: Guest 3" }).isDisabled()).toBe(true);
  const moved = page.locator(".notice:focus", { hasText: "Guest 4 is at the front now." });
  await moved.getByRole("button", { name: "Undo" }).click();
  await page.locator(".notice:focus", { hasText: "Guest 4 is back where they were." }).waitFor();
  await inOrder(["Guest 2", "Guest 3", "Guest 4"]);
  await page.getByRole("button", { name: "To the front: Guest 4" }).click();
  await page.getByRole("button", { name: "To the end: Guest 2" }).click();
  await inOrder(["Guest 4", "Guest 3", "Guest 2"]);
  const late = page.locator(".notice:focus", { hasText: "Guest 2 is at the end now." });
  await late.getByRole("button", { name: "Undo" }).waitFor();
  const { registrationId } = guests[1]!;
  await doAs(stage, organizer, ["registrations.move", { registrationId, to: "last" }]);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("This cannot be undone any more.").waitFor();
  await inOrder(["Guest 4", "Guest 3", "Guest 2"]);
  // There is none to give: it says so itself.
  expect(await page.getByRole("button", { name: "Give a seat: Guest 3" }).isDisabled()).toBe(true);
  expect(visit.trouble).toEqual([]);
});

test("who only checks people in sees no list, and who only looks changes nothing", async () => {
  const event = await anEvent(stage.ctx, organizer, { waitlistMode: "automatic" });
  await someGuests(stage, event.id, 1);
  const door = await helper(event, "checkin");
  await using visit = await stage.visit({ locale: "en", as: door });
  const { page } = visit;
  await page.goto(`/events/${event.id}`);
  await page.getByRole("link", { name: "Manage the event" }).click();
  await page.getByRole("link", { name: "Organisers" }).waitFor();
  expect(await page.getByRole("link", { name: /^(People|Waitlist|Edit)/ }).count()).toBe(0);
  for (const part of ["people", "waitlist", "invitations"]) {
    await page.goto(`/organize/events/${event.id}/${part}`);
    await page.getByText("You do not have permission to see this.").waitFor();
    expect(await page.getByRole("button", { name: /CSV|Excel/ }).count()).toBe(0);
    expect(await page.getByText("Guest").count()).toBe(0);
  }
  await expect(
    doAs(stage, door, ["registrations.export", { eventId: event.id, format: "csv" }]),
  ).rejects.toThrow("FORBIDDEN");

  const viewer = await helper(event, "viewer");
  await using other = await stage.visit({ locale: "en", as: viewer });
  await other.page.goto(`/organize/events/${event.id}/people`);
  await rows(other.page).first().waitFor();
  expect(await other.page.locator("main").getByRole("checkbox").count()).toBe(0);
  expect(await other.page.getByRole("button", { name: "Add a person" }).count()).toBe(0);
  await other.page.getByRole("button", { name: /^Open the registration/ }).click();
  const panel = other.page.getByRole("dialog");
  await panel.getByText("0001").waitFor();
  expect(await panel.getByRole("button").count()).toBe(1);
  await other.page.goto(`/organize/events/${event.id}/edit`);
  await other.page.getByRole("heading", { name: "You do not have permission for this." }).waitFor();
  expect([...visit.trouble, ...other.trouble]).toEqual([]);
});

test("roles are given, changed and taken back, and the last owner stays", async () => {
  const event = await anEvent(stage.ctx, organizer);
  const colleague = await stage.newPerson({ familyName: "League", givenName: "Col" });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/organizers`);
  await page.getByLabel("E-mail address").fill(colleague.email);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("Col League is editor now.").waitFor();
  const role = page.getByLabel("Role of Col League");
  await role.selectOption("checkin");
  const changed = page.locator(".notice:focus", { hasText: "Col League is check-in now." });
  await changed.getByRole("button", { name: "Undo" }).click();
  await changed.waitFor({ state: "detached" });
  await vi.waitFor(async () => expect(await role.inputValue()).toBe("editor"), 10_000);
  await page.getByText("The only owner. Make someone else an owner first.").waitFor();
  expect(await page.getByRole("button", { name: /^Remove .*Sato/ }).count()).toBe(0);
  const { organizers } = await eventAs(stage, organizer, event.id);
  expect(organizers.map((one) => one.role).sort()).toEqual(["editor", "owner"]);
  expect(visit.trouble).toEqual([]);
});

test("an event is closed, opened again and cancelled, with the number of those who are told", async () => {
  const event = await anEvent(stage.ctx, organizer, { capacity: 1, waitlistMode: "automatic" });
  await someGuests(stage, event.id, 3);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}`);
  await page.getByRole("button", { name: "Close registration" }).click();
  await page.locator(".notice:focus", { hasText: "Registration is closed." }).waitFor();
  await page.getByRole("button", { name: "Reopen registration" }).click();
  await page.locator(".notice:focus", { hasText: "Registration is open again." }).waitFor();
  await page.getByRole("button", { name: "Cancel the event" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel the event?" });
  await dialog.getByText("3 people will be told of it.").waitFor();
  await dialog.getByLabel("Reason").fill("The hall is closed.");
  await dialog.getByRole("button", { name: "Cancel the event" }).click();
  await page.getByText("The hall is closed.").waitFor();
  await page.locator("header").getByText("Cancelled").first().waitFor();
  expect(await eventAs(stage, organizer, event.id)).toMatchObject({
    status: "cancelled",
    cancelReason: "The hall is closed.",
  });
  expect(visit.trouble).toEqual([]);
});
