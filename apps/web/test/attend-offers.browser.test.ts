import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { hastenOffers } from "@tsudoi/core/test/hasten-offers.ts";
import { auditOf } from "@tsudoi/core/test/seating.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { joins, leaves, othersJoin } from "./people.ts";
import { type Stage, setStage, type Visit } from "./stage.ts";

/** Ten times the two seconds that are promised. */
const IN_TIME = { timeout: 20_000 };
/** Enough to read a page again that was open already. */
const SOON_MS = 12_000;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const anOffered = (overrides: Parameters<typeof anEvent>[2] = {}) =>
  anEvent(stage.ctx, stage.organizer, { capacity: 1, waitlistMode: "offer", ...overrides });

const heading = (page: Page, name: string) => page.getByRole("heading", { name });

async function opens(event: TestEvent, options: Parameters<Stage["visit"]>[0]): Promise<Visit> {
  const visit = await stage.visit(options);
  await visit.page.goto(`/events/${event.id}`);
  return visit;
}

test("full: one waits, moves up, is offered the seat that another let lapse, and has it once", async () => {
  const event = await anOffered();
  const [seated, ahead] = await othersJoin(stage, event.id, 2);
  const me = await stage.newPerson({ locale: "en" });
  await using visit = await opens(event, { locale: "en", as: me });
  const { page } = visit;
  await page.getByRole("button", { name: "Join the waitlist" }).click();
  await heading(page, "You are on the waitlist").and(page.locator(":focus")).waitFor();
  const ticket = page.locator(".registration-ticket");
  await ticket.getByText("No. 2").waitFor();
  await ticket.getByText("held for them for 12 hours").waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await leaves(stage, seated!);
  await ticket.getByText("No. 1").waitFor(IN_TIME);
  // The one ahead does not answer.
  await hastenOffers(stage.ctx, event.id, new Date(Date.now() + 1_000));
  await heading(page, "A seat is held for you").waitFor(IN_TIME);
  await ticket.getByText(/^1[12] hours \d+ minutes?$/).waitFor();
  expect(await findBarriers(page)).toEqual([]);

  const other = await visit.context.newPage();
  await other.goto(`/events/${event.id}`);
  const accept = (tab: Page) => tab.getByRole("button", { name: "Accept the seat" });
  await accept(other).waitFor();
  await Promise.all([accept(page).click(), accept(other).click()]);
  for (const tab of [page, other]) await heading(tab, "Your seat is confirmed").waitFor(IN_TIME);
  const [{ registrationId }] = [await mine(page)];
  const log = await auditOf(stage.ctx, { person: me, ctx: stage.ctx, registrationId });
  expect(log.map(({ action }) => action)).toEqual([
    "registrations.register",
    "registrations.passSeats",
    "registrations.acceptOffer",
  ]);
  expect(ahead).toBeDefined();
  expect(visit.trouble).toEqual([]);
});

test("a seat that waits for a reply comes before the next event, and only until it is answered", async () => {
  const me = await stage.newPerson({ locale: "en" });
  const soon = await anEvent(stage.ctx, stage.organizer, { titleEn: "Sooner, and certain" });
  await joins(stage, me, soon.id);
  const event = await anOffered({
    titleEn: "Later, and held",
    startsAt: new Date(Date.now() + 3 * DAY),
  });
  const [seated] = await othersJoin(stage, event.id, 1);
  await joins(stage, me, event.id);
  await leaves(stage, seated!);
  await using visit = await stage.visit({ locale: "en", as: me });
  const { page } = visit;
  const ticket = page.locator(".next-ticket");
  await ticket.getByText("A seat is held for you").waitFor();
  await ticket.getByText("Reply by").waitFor();
  await ticket.getByRole("link", { name: "Later, and held" }).click();
  await page.getByRole("button", { name: "Decline" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Decline" }).click();
  await page.locator(".notice", { hasText: "You declined the seat" }).waitFor();
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await ticket.getByText("Next up").waitFor(IN_TIME);
  await ticket.getByRole("link", { name: "Sooner, and certain" }).waitFor();
  expect(visit.trouble).toEqual([]);
});

/** The one registration that its owner's page shows. */
async function mine(page: Page): Promise<{ registrationId: string }> {
  await page.goto("/registrations");
  const row = page.locator("[data-registration]");
  await row.waitFor();
  return { registrationId: (await row.getAttribute("data-registration")) ?? "" };
}

test.concurrent.each([
  ["ja", "light", true],
  ["en", "dark", false],
] as const)("a held seat runs out while one looks: %s, %s", async (locale, theme, phone) => {
  const t = {
    ja: {
      held: "席をお取りしています",
      left: /^\d+ 秒$/,
      over: "繰り上げのご案内の期限が切れました",
      again: "キャンセル待ちに登録する",
    },
    en: {
      held: "A seat is held for you",
      left: /^\d+ seconds?$/,
      over: "The offer has expired",
      again: "Join the waitlist",
    },
  }[locale];
  const event = await anOffered();
  const [seated] = await othersJoin(stage, event.id, 1);
  const me = await stage.newPerson({ locale });
  await joins(stage, me, event.id);
  const [next] = await othersJoin(stage, event.id, 1);
  await leaves(stage, seated!);
  await using visit = await opens(event, { locale, theme, phone, as: me });
  const { page } = visit;
  await heading(page, t.held).waitFor();
  await hastenOffers(stage.ctx, event.id, new Date(Date.now() + SOON_MS));
  await page.reload();
  await page.getByRole("timer").getByText(t.left).waitFor();
  expect(await overflow(page)).toBe(0);
  await page.locator(".notice", { hasText: t.over }).waitFor(IN_TIME);
  await page.getByRole("button", { name: t.again }).waitFor();
  expect(await page.getByRole("timer").count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  const log = await auditOf(stage.ctx, { ...next!, ctx: stage.ctx });
  expect(log.at(-1)?.action).toBe("registrations.passSeats");
  expect(visit.trouble).toEqual([]);
});

test("a held seat is let go knowingly, on its own ticket at the first look of a phone, and the next in line has it", async () => {
  const event = await anOffered();
  const [seated] = await othersJoin(stage, event.id, 1);
  const me = await stage.newPerson({ locale: "en" });
  await joins(stage, me, event.id);
  const follower = await stage.newPerson({ locale: "en" });
  await joins(stage, follower, event.id);
  await leaves(stage, seated!);
  await using theirs = await opens(event, { locale: "en", as: follower });
  await theirs.page.locator(".registration-ticket").getByText("No. 1").waitFor();
  await using visit = await opens(event, { locale: "en", phone: true, as: me });
  const { page } = visit;
  const decline = page.locator(".ticket").getByRole("button", { name: "Decline" });
  const box = await decline.boundingBox();
  expect(box && box.y + box.height).toBeLessThan(page.viewportSize()?.height ?? 0);
  await page.locator(".ticket").getByText("You can cancel until it starts.").waitFor();
  await decline.click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByText("offered to the next person at once").waitFor();
  expect(await findBarriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Keep the seat" }).click();
  await dialog.waitFor({ state: "detached" });
  await decline.and(page.locator(":focus")).waitFor();
  await decline.click();
  await dialog.getByRole("button", { name: "Decline" }).click();
  await page.locator(".notice:focus", { hasText: "You declined the seat" }).waitFor();
  await heading(theirs.page, "A seat is held for you").waitFor(IN_TIME);
  expect([...visit.trouble, ...theirs.trouble]).toEqual([]);
});
