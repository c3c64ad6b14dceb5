import { anEvent, aUser, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage, type Visit, withoutStream } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const soon = (ms: number) => new Date(Date.now() + ms);

async function open(
  overrides: Parameters<typeof anEvent>[2],
): Promise<{ visit: Visit; event: TestEvent } & AsyncDisposable> {
  const event = await anEvent(stage.ctx, stage.organizer, overrides);
  const visit = await stage.visit({ locale: "en", as: stage.attendee });
  // What is refused was pressed on a page that did not know yet.
  await withoutStream(visit.page);
  await visit.page.goto(`/events/${event.id}`);
  await visit.page.locator(".register-panel").waitFor();
  return { visit, event, [Symbol.asyncDispose]: () => visit[Symbol.asyncDispose]() };
}

async function takeSeat(event: TestEvent): Promise<void> {
  const someone = await aUser(stage.ctx, { organizationId: stage.organizationId });
  const token = await tokenFor(stage.system.tokens, someone);
  const answer = await call(stage.url, ["registrations.register", { eventId: event.id }], {
    token,
  });
  expect(answer.ok).toBe(true);
}

test.each([
  [
    "not yet open",
    { registrationOpensAt: soon(HOUR) },
    /Registration opens \w+ \d+ \w+, \d\d:\d\d/,
  ],
  ["closed", { registrationClosesAt: soon(-60_000) }, "Registration closed"],
  ["cancelled", { status: "cancelled" as const }, "This event has been cancelled"],
])("an event that is %s says so and has no button to press", async (_name, overrides, words) => {
  await using opened = await open(overrides);
  const { page } = opened.visit;
  await page.locator(".register-panel").getByText(words).waitFor();
  expect(await page.locator(".action-bar").count()).toBe(0);
  expect(opened.visit.trouble).toEqual([]);
});

test("the last seat, lost while looking at it, is explained", async () => {
  await using opened = await open({ capacity: 1, waitlistMode: "none" });
  const { page } = opened.visit;
  await page.getByText("1 seat left").first().waitFor();
  await takeSeat(opened.event);
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("The last seat has just been taken.").waitFor();
  await page.getByText("This event has no waitlist. Have a look at other dates.").waitFor();
  await page.locator(".seat-box").getByText("Full", { exact: true }).waitFor();
  expect(await page.locator(".action-bar").count()).toBe(0);
});

test("with a waitlist the same click gives a place in line", async () => {
  await using opened = await open({ capacity: 1, waitlistMode: "automatic" });
  const { page } = opened.visit;
  await page.getByText("1 seat left").first().waitFor();
  await takeSeat(opened.event);
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "You are on the waitlist" }).waitFor();
  await page.getByText("No. 1", { exact: true }).waitFor();
});

test("an approved event takes a request", async () => {
  await using opened = await open({ approval: true });
  const { page } = opened.visit;
  await page.getByText("Your seat is confirmed once the organiser approves.").waitFor();
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "Your registration is in" }).waitFor();
});

test("registered in another tab: the click tells, and shows the registration", async () => {
  await using opened = await open({});
  const { page } = opened.visit;
  const token = await tokenFor(stage.system.tokens, stage.attendee);
  await call(stage.url, ["registrations.register", { eventId: opened.event.id }], { token });
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("You are already registered.").waitFor();
  await page.locator(".registration-ticket").waitFor();
});

test("an answer lost on the way is asked for again under the same key: one registration", async () => {
  await using opened = await open({ capacity: 5 });
  const { page } = opened.visit;
  const keys: (string | undefined)[] = [];
  await page.route("**/trpc/registrations.register", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    const answer = await route.fetch();
    if (keys.length === 1) await route.abort("connectionreset");
    else await route.fulfill({ response: answer });
  });
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  await page.reload();
  await page.getByText("1 / 5").waitFor();
});

test("without a network the click fails at once, keeps its key, and works later", async () => {
  await using opened = await open({ capacity: 5 });
  const { page, context } = opened.visit;
  await context.setOffline(true);
  await page.getByText("You are offline.").waitFor();
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("We cannot reach the server.").waitFor();
  await context.setOffline(false);
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
  expect(await page.getByText("You are offline.").count()).toBe(0);
});

test("a fault of the server is owned up to, with a number to quote", async () => {
  await using opened = await open({});
  const { page } = opened.visit;
  await page.route("**/trpc/registrations.register", async (route) => {
    const requestId = route.request().headers()["x-request-id"] ?? "";
    const data = { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, reason: "INTERNAL", requestId };
    await route.fulfill({
      status: 500,
      json: { error: { message: "INTERNAL", code: -32_603, data } },
      headers: { "x-request-id": requestId },
    });
  });
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("Something did not work on our side.").waitFor();
  await page.getByText("send the number under “Details”").waitFor();
  await page.getByText("Details", { exact: true }).click();
  expect(await page.locator(".problem code").textContent()).toMatch(/^[0-9a-f]{32}$/);
});

test("an event at the same time as another one is warned about, not refused", async () => {
  const startsAt = soon(9 * DAY);
  const endsAt = new Date(startsAt.getTime() + HOUR);
  const token = await tokenFor(stage.system.tokens, stage.attendee);
  const first = await anEvent(stage.ctx, stage.organizer, {
    titleEn: "Standing meeting",
    startsAt,
    endsAt,
  });
  await call(stage.url, ["registrations.register", { eventId: first.id }], { token });
  await using opened = await open({ startsAt: new Date(startsAt.getTime() + HOUR / 2) });
  const { page } = opened.visit;
  await page.getByText("It overlaps with “Standing meeting”.").waitFor();
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
});

test("an event that is not there says where to look", async () => {
  await using visit = await stage.visit({
    locale: "ja",
    as: stage.organizer,
    at: "/events/01890000-0000-7000-8000-000000000000",
  });
  const { page } = visit;
  await page.getByText("お探しのものが見つかりません。").waitFor();
  await page.goto("/nowhere/at/all");
  await page.getByRole("heading", { name: "ページが見つかりません" }).waitFor();
  await page.getByRole("link", { name: "イベント一覧へ" }).click();
  await page.locator("#list-title").waitFor();
});

test("times are the event's, and the reader's where they differ", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, {
    startsAt: new Date("2027-02-03T06:00:00Z"),
    endsAt: new Date("2027-02-03T08:00:00Z"),
  });
  await using visit = await stage.visit({
    locale: "en",
    timeZone: "Europe/Berlin",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const facts = visit.page.locator(".event-facts");
  await facts.getByText("Wed 3 Feb 2027, 15:00 – 17:00").waitFor();
  await facts.getByText("Japan Standard Time").waitFor();
  await facts.getByText("07:00 – 09:00 on your device").waitFor();
});
