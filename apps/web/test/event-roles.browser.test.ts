import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { linksIn } from "@tsudoi/core/test/mail-letter.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { doAs } from "./crowd.ts";
import { PASSWORD, type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const PATIENT = { timeout: 20_000 };

const anOwner = () => stage.newPerson({ role: "organizer", locale: "en" });
const aHelper = () => stage.newPerson({ locale: "en" });

async function give(owner: TestUser, role: EventRole, asked: { eventId: string; to: TestUser }) {
  const { eventId, to } = asked;
  await doAs(stage, owner, ["events.saveOrganizer", { eventId, userId: to.id, role }]);
}

/** Where the only mail of somebody leads. */
async function leadsOf(person: TestUser): Promise<string[]> {
  return vi.waitFor(async () => {
    const mine = stage.system.smtp.messages.filter(({ to }) => to.includes(person.email));
    expect(mine).toHaveLength(1);
    return (await Promise.all(mine.map(linksIn))).flat();
  }, PATIENT);
}

const organise = (page: Page) => page.getByRole("link", { name: "Organise", exact: true });

async function tabsOf(page: Page): Promise<string[]> {
  await page.locator(".tab-links a").first().waitFor();
  const names = await page.locator(".tab-links a").allTextContents();
  return names.map((name) => name.replace(/\s*\d+$/, ""));
}

describe("somebody who only helps with an event", () => {
  test("is told by mail, and comes from it to what they may do", async () => {
    const [owner, helper] = [await anOwner(), await aHelper()];
    const { id: eventId } = await anEvent(stage.ctx, owner, { titleEn: "Needs hands" });
    await give(owner, "checkin", { eventId, to: helper });
    const path = `/organize/events/${eventId}`;
    expect(await leadsOf(helper)).toEqual([path, `/events/${eventId}`]);
    await using visit = await stage.visit({ locale: "en", as: helper, at: path });
    const { page } = visit;
    await page.getByRole("heading", { name: "Needs hands" }).waitFor();
    expect(await tabsOf(page)).toEqual(["Overview", "Organisers"]);
    expect(await page.locator("main button").count()).toBe(0);
    await page.getByRole("link", { name: "Organisers", exact: true }).click();
    await page.locator(".organizers-table tbody tr").nth(1).waitFor();
    expect(await page.locator("main button, main form").count()).toBe(0);
    expect(visit.trouble).toEqual([]);
  });

  test("finds their events with their role, and is not asked to create one", async () => {
    const [owner, helper] = [await anOwner(), await aHelper()];
    const { id: eventId } = await anEvent(stage.ctx, owner, { titleEn: "Where they look on" });
    await give(owner, "viewer", { eventId, to: helper });
    await using visit = await stage.visit({ locale: "en", as: helper });
    const { page } = visit;
    await organise(page).click();
    await page.getByRole("heading", { name: "Organise", level: 1 }).waitFor();
    const card = page.locator(".event-card", { hasText: "Where they look on" });
    await card.getByText("Viewer", { exact: true }).waitFor();
    expect(await page.getByRole("link", { name: "Create an event" }).count()).toBe(0);
    await card.getByRole("link").click();
    expect(await tabsOf(page)).toEqual(["Overview", "People", "Organisers"]);
    await page.getByRole("link", { name: /^People/ }).click();
    await page.getByText("Nobody has registered yet").waitFor();
    expect(await page.getByRole("button", { name: "Add a person" }).count()).toBe(0);
    await page.goto("/organize?when=past");
    await page.getByRole("heading", { name: "No event to show here" }).waitFor();
    expect(visit.trouble).toEqual([]);
  });

  test("finds the way without signing in again, and loses it with the role", async () => {
    const [owner, helper] = [await anOwner(), await aHelper()];
    const { id: eventId } = await anEvent(stage.ctx, owner);
    await using visit = await stage.visit({ locale: "en" });
    const { page } = visit;
    await page.clock.install();
    await page.goto("/sign-in");
    await page.locator("[name=email]").fill(helper.email);
    await page.locator("[name=password]").fill(PASSWORD);
    await page.locator("[name=password]").press("Enter");
    await page.locator("#list-title").waitFor();
    expect(await organise(page).count()).toBe(0);
    await give(owner, "editor", { eventId, to: helper });
    const lookAround = async () => {
      await page.clock.fastForward(2 * MINUTE);
      await page.getByRole("link", { name: "My registrations", exact: true }).click();
      await page.getByRole("link", { name: "Events", exact: true }).click();
    };
    await lookAround();
    await organise(page).waitFor();
    await doAs(stage, owner, ["events.removeOrganizer", { eventId, userId: helper.id }]);
    await lookAround();
    await organise(page).waitFor({ state: "detached" });
    await page.goto("/organize");
    await page.getByRole("heading", { name: "You do not organise an event yet" }).waitFor();
    await page.getByText("Once you are given a part in an event, it appears here.").waitFor();
    expect(visit.trouble).toEqual([]);
  });
});

test("the only owner is told why they stay, and stays no longer than that", async () => {
  const [owner, helper] = [await anOwner(), await aHelper()];
  const { id: eventId } = await anEvent(stage.ctx, owner);
  await give(owner, "editor", { eventId, to: helper });
  await using visit = await stage.visit({
    locale: "en",
    as: owner,
    at: `/organize/events/${eventId}/organizers`,
  });
  const { page } = visit;
  const row = page.locator(".organizers-table tbody tr", { hasText: owner.email });
  await row.getByText("The only owner. Make someone else an owner first.").waitFor();
  expect(await row.getByRole("button").count()).toBe(0);
  await give(owner, "owner", { eventId, to: helper });
  await page.reload();
  await row.getByRole("button", { name: /^Remove .* from the organisers$/ }).waitFor();
  expect(await row.getByText("The only owner").count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("an administrator reads that these are all events, and which of them are theirs", async () => {
  const admin = await stage.newPerson({ role: "admin", locale: "en" });
  await anEvent(stage.ctx, stage.organizer, { titleEn: "Of somebody else" });
  await anEvent(stage.ctx, admin, { titleEn: "Of their own" });
  await using visit = await stage.visit({ locale: "en", as: admin, at: "/organize" });
  const { page } = visit;
  await page.getByText("All events of the organisation.").waitFor();
  const chips = (title: string) =>
    page.locator(".event-card", { hasText: title }).getByText("Owner", { exact: true }).count();
  await page.getByRole("link", { name: "Of their own" }).waitFor();
  expect([await chips("Of their own"), await chips("Of somebody else")]).toEqual([1, 0]);
});

test("who is invited by address is told once, and comes from the mail to the event", async () => {
  const [owner, guest] = [await anOwner(), await aHelper()];
  const { id: eventId } = await anEvent(stage.ctx, owner, {
    titleEn: "For a few",
    audience: "invited",
    status: "draft",
    publishedAt: null,
  });
  await using visit = await stage.visit({
    locale: "en",
    as: owner,
    at: `/organize/events/${eventId}/invitations`,
  });
  const { page } = visit;
  await page.getByText("Once the event is published, those with an account get").waitFor();
  await page.getByLabel("E-mail addresses").fill(`${guest.email}\nnobody-yet@example.test`);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByText("2 people invited.").waitFor();
  await doAs(stage, owner, [
    "events.publish",
    { eventId, apply: "this", allowMissingTranslation: true },
  ]);
  expect(await leadsOf(guest)).toEqual([`/events/${eventId}`]);
  await page.reload();
  await page.getByText("Those with an account get one e-mail").waitFor();
  await using theirs = await stage.visit({ locale: "en", as: guest, at: `/events/${eventId}` });
  await theirs.page.getByRole("heading", { name: "For a few" }).waitFor();
  expect([...visit.trouble, ...theirs.trouble]).toEqual([]);
});
