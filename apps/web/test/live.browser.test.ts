import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Stage, setStage, withoutStream } from "./stage.ts";

/** Ten times the two seconds that are promised. */
const IN_TIME = { timeout: 20_000 };

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

async function someoneRegisters({ id }: TestEvent): Promise<void> {
  const someone = await stage.newPerson({});
  const token = await tokenFor(stage.system.tokens, someone);
  const answer = await call(stage.url, ["registrations.register", { eventId: id }], { token });
  expect(answer).toMatchObject({ ok: true });
}

/** So that a test can tell whether the page was loaded again. */
const mark = (page: Page) => page.evaluate("globalThis.isTheSame = true");
const isTheSame = (page: Page) => page.evaluate("globalThis.isTheSame === true");

async function subscribers(): Promise<number> {
  const text = await (await fetch(stage.system.apis[0]!.metricsUrl)).text();
  return Number(/^live_subscribers (\d+)$/m.exec(text)?.[1]);
}

test("one registers; the list and the page of others change without a reload", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { capacity: 3, titleEn: "Live talk" });
  await using mine = await stage.visit({ locale: "en", as: stage.attendee });
  const reader = await stage.newPerson({ locale: "en" });
  await using theirs = await stage.visit({ locale: "en", as: reader });
  const list = theirs.page;
  const page = await theirs.context.newPage();
  await page.goto(`/events/${event.id}`);
  const card = list.locator(".event-card", { hasText: "Live talk" });
  await card.getByText("3 seats left").waitFor();
  await page.locator(".seat-box").getByText("3 seats left").waitFor();
  await Promise.all([mark(list), mark(page)]);
  await vi.waitFor(async () => expect(await subscribers()).toBeGreaterThanOrEqual(2), IN_TIME);

  await mine.page.goto(`/events/${event.id}`);
  await mine.page.getByRole("button", { name: "Register" }).click();
  await mine.page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();

  await card.getByText("2 seats left").waitFor(IN_TIME);
  await page.locator(".seat-box").getByText("2 seats left").waitFor(IN_TIME);
  expect(await Promise.all([isTheSame(list), isTheSame(page)])).toEqual([true, true]);
  expect([...mine.trouble, ...theirs.trouble]).toEqual([]);
});

test("the page says aloud that the last seat is gone, and not each seat before it", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, {
    capacity: 2,
    waitlistMode: "automatic",
  });
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  const said = page.locator(".seat-box [aria-live=polite]");
  const before = await said.textContent();
  expect(before).toContain("Your seat is confirmed at once.");
  await someoneRegisters(event);
  await page.getByText("1 seat left").waitFor(IN_TIME);
  expect(await said.textContent()).toBe(before);
  expect(await page.getByText("1 seat left").locator("xpath=ancestor::*[@aria-live]").count()).toBe(
    0,
  );
  await someoneRegisters(event);
  await said.getByText("Full: When a seat opens").waitFor(IN_TIME);
  await page.getByRole("button", { name: "Join the waitlist" }).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("without a stream the tab reads again, and follows once there is one", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { capacity: 5 });
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await withoutStream(page);
  await page.goto(`/events/${event.id}`);
  await page.getByText("5 seats left").waitFor();
  await someoneRegisters(event);
  await page.getByText("4 seats left").waitFor(IN_TIME);
  await page.unroute("**/trpc/events.watch*");
  const opened = page.waitForResponse((response) => response.url().includes("events.watch"));
  await page.evaluate("dispatchEvent(new Event('online'))");
  await opened;
  await someoneRegisters(event);
  await page.getByText("3 seats left").waitFor(IN_TIME);
});

test("whoever was on a page without events when a pause was over follows again on the next with one", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { capacity: 5 });
  // Their registrations would be events to follow.
  const reader = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as: reader });
  const { page } = visit;
  await page.clock.install();
  await withoutStream(page);
  const refused = page.waitForEvent("requestfailed", (request) =>
    request.url().includes("events.watch"),
  );
  await page.goto(`/events/${event.id}`);
  await page.getByText("5 seats left").waitFor();
  await refused;
  await page.getByRole("link", { name: "My registrations", exact: true }).click();
  await page.getByRole("heading", { name: "My registrations" }).waitFor();
  await page.clock.fastForward(MINUTE);
  await page.unroute("**/trpc/events.watch*");
  await page.goBack();
  await vi.waitFor(async () => expect(await subscribers()).toBe(1), IN_TIME);
  await someoneRegisters(event);
  await page.getByText("4 seats left").waitFor(IN_TIME);
});

test("what went out of sight and came back before anybody was told is followed", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { capacity: 5 });
  await vi.waitFor(async () => expect(await subscribers()).toBe(0), IN_TIME);
  const reader = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as: reader, at: "/registrations" });
  const { page } = visit;
  // As where a page has much to do while somebody scrolls: two frames in one call.
  await page.addInitScript(`
    globalThis.IntersectionObserver = class extends IntersectionObserver {
      constructor(tell, options) {
        super((entries, me) => {
          const before = entries.map(({ isIntersecting }) => ({ isIntersecting: !isIntersecting }));
          tell([...before, ...entries], me);
        }, options);
      }
    };`);
  await page.goto(`/events/${event.id}`);
  await page.getByText("5 seats left").waitFor();
  await vi.waitFor(async () => expect(await subscribers()).toBe(1), IN_TIME);
});

test("a tab that nobody looks at follows nothing, until somebody does", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { capacity: 5 });
  await vi.waitFor(async () => expect(await subscribers()).toBe(0), IN_TIME);
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  await vi.waitFor(async () => expect(await subscribers()).toBe(1), IN_TIME);
  const look = (hidden: boolean) =>
    page.evaluate(`
      Object.defineProperty(document, "hidden", { configurable: true, get: () => ${hidden} });
      document.dispatchEvent(new Event("visibilitychange"));`);
  await look(true);
  await vi.waitFor(async () => expect(await subscribers()).toBe(0), IN_TIME);
  await someoneRegisters(event);
  await look(false);
  await page.getByText("4 seats left").waitFor(IN_TIME);
  expect(await subscribers()).toBe(1);
});
