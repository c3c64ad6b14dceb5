import { registrations } from "@tsudoi/core/db/schema/registrations.ts";
import { anEvent, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let organizer: TestUser;

beforeAll(async () => {
  stage = await setStage();
  organizer = await stage.newPerson({ role: "organizer", locale: "en" });
});
afterAll(() => stage[Symbol.asyncDispose]());

const at = (ms: number) => new Date(Date.now() + ms);
const over = { startsAt: at(-2 * DAY), endsAt: at(-DAY) };

async function book(event: TestEvent, status: "confirmed" | "waitlisted" | "pending") {
  await stage.ctx.db.insert(registrations).values({
    organizationId: event.organizationId,
    eventId: event.id,
    userId: stage.attendee.id,
    status,
    seq: 1,
    number: 42,
    queueNo: status === "waitlisted" ? 1 : null,
  });
}

test("seats that nobody can book are not told as left: by list and page", async () => {
  const named = (titleEn: string, overrides: Parameters<typeof anEvent>[2]) =>
    anEvent(stage.ctx, organizer, { titleEn, capacity: 20, seatsTaken: 18, ...overrides });
  const cases = [
    ["Off", await named("Off", { status: "cancelled" }), "Cancelled", "has been cancelled"],
    [
      "Shut",
      await named("Shut", { registrationClosesAt: at(-HOUR) }),
      "Registration closed",
      "Registration closed",
    ],
    ["Past", await named("Past", over), "Over", "This event is over."],
  ] as const;
  const open = await named("Still open", {});
  await using visit = await stage.visit({ locale: "en", as: organizer, at: "/organize" });
  const { page } = visit;
  const seatsOf = (title: string) =>
    page.locator(".event-card", { hasText: title }).locator(".seats");
  await seatsOf("Still open").getByText("2 seats left").waitFor();
  await seatsOf("Still open").locator(".meter.warn").waitFor();
  for (const [title, event, words, sentence] of cases) {
    await page.goto(title === "Past" ? "/organize?when=past" : "/organize");
    await seatsOf(title).getByText(words, { exact: true }).waitFor();
    await seatsOf(title).getByText("18 / 20").waitFor();
    await seatsOf(title).locator(".meter.full").waitFor();
    await page.goto(`/events/${event.id}`);
    await page.locator(".register-panel").getByText(sentence).waitFor();
    expect(await page.getByText("seats left").count()).toBe(0);
  }
  await page.goto(`/events/${open.id}`);
  await page.locator(".seat-box").getByText("2 seats left").waitFor();
  expect(visit.trouble).toEqual([]);
});

test.each([
  [
    "a seat of days ago",
    {},
    "confirmed",
    "accent",
    "Your seat is confirmed",
    "Say your receipt number",
  ],
  ["a seat at what is over", over, "confirmed", "quiet", "Confirmed", "This event is over."],
  [
    "a place on the waitlist",
    {},
    "waitlisted",
    "quiet",
    "You are on the waitlist",
    "the next person on the waitlist is confirmed",
  ],
  ["a request", {}, "pending", "quiet", "Awaiting approval", "The organiser decides"],
] as const)("%s is told as it stands, and no mail is announced for it", async (...given) => {
  const [, overrides, status, tone, title, next] = given;
  const event = await anEvent(stage.ctx, organizer, { seq: 1, lastNumber: 42, ...overrides });
  await book(event, status);
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  const ticket = page.locator(`.registration-ticket .ticket.${tone}`);
  await ticket.getByRole("heading", { name: title, exact: true }).waitFor();
  await ticket.getByText(next).waitFor();
  expect(await page.getByText("on its way").count()).toBe(0);
  const number = ticket.getByText("0042");
  const height = (await number.boundingBox())?.height ?? 0;
  if (tone === "accent") expect(height).toBeGreaterThan(28);
  else expect(height).toBeLessThan(24);
  expect(visit.trouble).toEqual([]);
});

test("right after the click the mail is announced, and no longer after a reload", async () => {
  const event = await anEvent(stage.ctx, organizer);
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("A confirmation is on its way by e-mail.").waitFor();
  await page.reload();
  await page.getByText("Say your receipt number at the door.").waitFor();
  expect(await page.getByText("on its way").count()).toBe(0);
});
