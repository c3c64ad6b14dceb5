import { anEvent } from "@tsudoi/core/test/builders.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findRepeats } from "./repeats.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test.each(["/events/x", "/events/01890000-0000-7000-8000-000000000000"])(
  "%s is an event that nobody finds, not a form to correct",
  async (path) => {
    await using visit = await stage.visit({ locale: "en", as: stage.attendee, at: path });
    const { page } = visit;
    await page.getByRole("heading", { name: "We could not find this.", level: 1 }).waitFor();
    expect(await page.getByText("check what you entered").count()).toBe(0);
    await page.getByRole("link", { name: "To the events" }).click();
    await page.locator("#list-title").waitFor();
    expect(visit.trouble).toEqual([]);
  },
);

test("what is no address is said at its field, not taken for a wrong password", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill("not-an-email");
  await page.getByLabel("Password", { exact: true }).fill("whatever it was");
  await page.keyboard.press("Enter");
  await page.getByText("Please check the e-mail address.").waitFor();
  const address = page.getByLabel("E-mail address");
  await address.and(page.locator("[aria-invalid=true]:focus")).waitFor();
  expect(await page.getByText("does not match").count()).toBe(0);
});

test("a sign-in that is paused names the wrong passwords, and the time as one thinks of it", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  await page.route("**/trpc/auth.signIn", async (route) => {
    const answer = await route.fetch();
    const { error } = await answer.json();
    const data = { ...error.data, reason: "RATE_LIMITED", retryAfterMs: 3_599_000 };
    await route.fulfill({ response: answer, json: { error: { ...error, data } } });
  });
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(stage.attendee.email);
  await page.getByLabel("Password", { exact: true }).fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("There were too many wrong passwords").waitFor();
  await page.getByText("You can try again in about an hour.").waitFor();
});

test("the list says what it holds: a day without events, and where the way back leads", async () => {
  const event = await anEvent(stage.ctx, stage.organizer);
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: "/?from=2031-01-06&to=2031-01-06",
  });
  const { page } = visit;
  await page.getByText("No event on this day").waitFor();
  expect(await page.getByText("Try a shorter word").count()).toBe(0);
  await page.goto("/?text=nothing&from=2031-01-06&to=2031-01-06");
  await page.getByText("Try a shorter word").waitFor();
  await page.goto("/");
  await page.getByRole("link", { name: "Upcoming", exact: true }).waitFor();
  await page.getByRole("link", { name: "A test event" }).click();
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await page.locator("#list-title").waitFor();
  await using direct = await stage.visit({ locale: "en", as: stage.attendee });
  const tab = await direct.context.newPage();
  await tab.goto(`/events/${event.id}`);
  await tab.getByRole("link", { name: "Back to the events" }).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("between Japanese sentences there is no space", async () => {
  const { id } = await anEvent(stage.ctx, stage.organizer, { audience: "invited" });
  const at = `/organize/events/${id}`;
  await using visit = await stage.visit({ as: stage.organizer, at });
  const { page } = visit;
  const main = page.locator("main");
  await main.getByText("または、ここにドラッグしてください。").waitFor();
  expect(await main.textContent()).not.toMatch(/。 /);
  await page.goto(`${at}/invitations`);
  await main.getByText("アカウントのない人").first().waitFor();
  expect(await main.textContent()).not.toMatch(/。 /);
});

test("no line breaks between a Japanese number and its counter", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { capacity: 12 });
  await using visit = await stage.visit({ as: stage.organizer, at: `/events/${event.id}` });
  const seats = visit.page.getByText("残り 12 席").first();
  expect(await seats.textContent()).toBe("残り 12\u00a0席");
});

test("of a description that is missing only its writer is told", async () => {
  const event = await anEvent(stage.ctx, stage.organizer);
  const at = `/events/${event.id}`;
  await using visit = await stage.visit({ as: stage.organizer, at });
  const { page } = visit;
  await page.getByRole("button", { name: "申し込む" }).waitFor();
  expect(await page.getByText("説明はまだありません。").count()).toBe(0);
  await page.goto(`/organize${at}/edit`);
  await page.getByText("説明はまだありません。").waitFor();
});

test("the key that goes to the search is offered where there are keys", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await page.getByRole("button", { name: /^Menu of/ }).click();
  await page.getByRole("menuitemcheckbox", { name: /goes to the search/ }).waitFor();
});

test("what a page says twice is found, and what it says once, hides or only tells aloud is not", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  await page.setContent(`<p>The event is full. There is no waitlist.</p><div>A line <b>in</b> two.</div>
    <p hidden>There is room.</p><p>There is room.</p><p>3 of 5</p><p>3 of 5</p>
    <p class="visually-hidden">Said aloud.</p><p>Said aloud.</p><p>A label</p><p>A label</p>`);
  expect(await findRepeats(page)).toEqual([]);
  await page.setContent(`<p>The event is full. There is no waitlist.</p><small>There is no waitlist.</small>
    <p>満席です。<br>待てません。</p><p>待てません。</p>`);
  expect(await findRepeats(page)).toEqual(["There is no waitlist.", "待てません。"]);
});
