import { registrations } from "@tsudoi/core/db/schema/registrations.ts";
import { anEvent, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers } from "./barriers.ts";
import { eventAs } from "./crowd.ts";
import { asks, othersJoin } from "./people.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const at = (ms: number) => new Date(Date.now() + ms);
const aDraft = { status: "draft", publishedAt: null } as const;
const eventOf = ({ id }: TestEvent) => eventAs(stage, organizer, id);

test.each([
  [
    "Registration would be closed already",
    { registrationClosesAt: at(-HOUR) },
    "Registration closes",
  ],
  [
    "The time of its draw has passed",
    { allocation: "lottery", drawAt: at(-HOUR) },
    "Time of the draw",
  ],
  ["Its end has passed", { startsAt: at(-2 * HOUR), endsAt: at(-HOUR) }, "Date"],
] as const)(
  "a draft says why it cannot be published, and leads to the field: %s",
  async (why, times, field) => {
    const event = await anEvent(stage.ctx, organizer, {
      ...aDraft,
      registrationOpensAt: at(-DAY),
      ...times,
    });
    await using visit = await stage.visit({ locale: "en", as: organizer });
    const { page } = visit;
    await page.goto(`/organize/events/${event.id}`);
    await page.getByText(why).waitFor();
    expect(await page.getByRole("button", { name: "Publish" }).count()).toBe(0);
    expect(await page.getByText("opens when published").count()).toBe(0);
    expect(await findBarriers(page)).toEqual([]);
    await page.getByRole("link", { name: "Change the time" }).click();
    await page
      .getByLabel(field, { exact: field === "Date" })
      .and(page.locator(":focus"))
      .waitFor();
    expect(visit.trouble).toEqual([]);
  },
);

test("of a series the refusal names the event, and leads to its field", async () => {
  const event = (title: string, startsAt: Date) => ({
    title: { en: title, ja: title },
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + HOUR).toISOString(),
    timeZone: "Asia/Tokyo",
    capacity: 5,
  });
  const { events } = await asks<{ events: { id: string }[] }>(stage, organizer, [
    "events.createSeries",
    { event: event("Weekly", at(DAY)), rrule: "FREQ=WEEKLY;COUNT=2" },
  ]);
  const [first, second] = events.map(({ id }) => id);
  await asks(stage, organizer, [
    "events.update",
    {
      eventId: second,
      version: 1,
      registrationClosesAt: at(-HOUR).toISOString(),
      registrationOpensAt: at(-DAY).toISOString(),
    },
  ]);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${first}`);
  await page.getByLabel("Publish all drafts of the series").check();
  await page.getByRole("button", { name: "Publish" }).click();
  const notice = page.locator(".notice:focus", { hasText: "Registration would be closed already" });
  await notice.getByText("It is the event on").waitFor();
  await notice.getByRole("link", { name: "Change the time" }).click();
  await page.getByLabel("Registration closes").and(page.locator(":focus")).waitFor();
  expect(new URL(page.url()).pathname).toContain(second ?? "none");
  expect(visit.trouble).toEqual([]);
});

test("registration is closed and reopened by hand only while its deadline is to come", async () => {
  const later = await anEvent(stage.ctx, organizer, {
    status: "closed",
    registrationOpensAt: at(HOUR),
  });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${later.id}`);
  await page.getByRole("button", { name: "Reopen registration" }).click();
  await page.locator(".notice:focus", { hasText: "no longer closed. It opens" }).waitFor();
  for (const [status, words] of [
    ["published", "With a later deadline it takes registrations again."],
    ["closed", "Give registration a later one, and you can reopen it."],
  ] as const) {
    const event = await anEvent(stage.ctx, organizer, { status, registrationClosesAt: at(-HOUR) });
    await page.goto(`/organize/events/${event.id}`);
    await page.getByText(words).waitFor();
    expect(await page.getByRole("button", { name: /(Close|Reopen) registration/ }).count()).toBe(0);
    await page.getByRole("link", { name: "Change the deadline" }).click();
    await page.getByLabel("Registration closes").and(page.locator(":focus")).waitFor();
  }
  expect(visit.trouble).toEqual([]);
});

test("at what is over nobody is offered a seat, and the record says that no mail is sent", async () => {
  const over = { startsAt: at(-2 * DAY), endsAt: at(-DAY), registrationOpensAt: at(-3 * DAY) };
  const event = await anEvent(stage.ctx, organizer, {
    ...over,
    ...{ approval: true, waitlistMode: "automatic", pendingCount: 1, waitlistLength: 1 },
  });
  const people = ["pending", "waitlisted"] as const;
  for (const [index, status] of people.entries()) {
    const { id: userId } = await stage.newPerson({ familyName: "Late", givenName: status });
    await stage.ctx.db.insert(registrations).values({
      ...{ organizationId: event.organizationId, eventId: event.id, userId, status },
      ...{ seq: index + 1, number: index + 1, queueNo: status === "waitlisted" ? 2 : null },
    });
  }
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/waitlist`);
  await page.getByRole("rowheader", { name: /Late/ }).waitFor();
  expect(await page.getByRole("button", { name: /Give a seat|To the/ }).count()).toBe(0);
  await page.goto(`/organize/events/${event.id}/people`);
  await page.getByLabel("Select everyone shown").check();
  const bar = page.getByRole("region", { name: "What to do with those selected" });
  await bar.getByRole("button", { name: "Reject", exact: true }).waitFor();
  expect(await bar.getByRole("button", { name: /Approve|Give a seat/ }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Add a person" }).count()).toBe(0);
  await bar.getByRole("button", { name: "Cancel them" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel 2 registrations?" });
  await dialog.getByText("The event is over, so no e-mail is sent.").waitFor();
  await dialog.getByRole("button", { name: "Cancel them" }).click();
  await page.getByText("2 registrations cancelled.").waitFor();
  expect(visit.trouble).toEqual([]);
});

test("the editor says who is approved when approval is asked no more, and what cannot be decided at once", async () => {
  const event = await anEvent(stage.ctx, organizer, { approval: true, capacity: 1 });
  await othersJoin(stage, event.id, 2);
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/edit`);
  await page.getByLabel("First come, first served").check();
  await page
    .getByText("so 2 people awaiting it will be approved in the order they registered")
    .waitFor();
  await page
    .getByText("If there are not enough seats for all of them, it cannot be saved.")
    .waitFor();
  await page.getByRole("button", { name: "Save the changes" }).click();
  await page.getByText("they cannot all be approved at once. Please approve or reject").waitFor();
  await page.getByLabel("Capacity").fill("2");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await page.getByText("Saved.", { exact: true }).first().waitFor();
  expect(await eventOf(event)).toMatchObject({ approval: false, seatsTaken: 2, pendingCount: 0 });
  expect(visit.trouble).toEqual([]);
});

test("an event that is moved keeps the end of registration at its start", async () => {
  const startsAt = new Date("2030-01-01T06:00:00.000Z");
  const event = await anEvent(stage.ctx, organizer, { startsAt });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}/edit`);
  await page.getByLabel("Date", { exact: true }).fill("2030-01-03");
  expect(await page.getByLabel("Registration closes").inputValue()).toBe("");
  await page.getByRole("button", { name: "Save the changes" }).click();
  await page.getByText("Saved.", { exact: true }).first().waitFor();
  expect(await eventOf(event)).toMatchObject({
    startsAt: "2030-01-03T06:00:00.000Z",
    registrationClosesAt: "2030-01-03T06:00:00.000Z",
  });
  expect(visit.trouble).toEqual([]);
});

test("a copy of an event for invited people says that it keeps them", async () => {
  const event = await anEvent(stage.ctx, organizer, { audience: "invited" });
  await using visit = await stage.visit({ locale: "en", as: organizer });
  const { page } = visit;
  await page.goto(`/organize/events/${event.id}`);
  await page.getByText("It keeps the list of invited people").waitFor();
  expect(visit.trouble).toEqual([]);
});
