import { departments } from "@tsudoi/core/db/schema/departments.ts";
import { eventDepartments } from "@tsudoi/core/db/schema/event-departments.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { asks, joins, leaves, othersJoin } from "./people.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const inDays = (days: number) => new Date(Date.now() + days * DAY);
const rowOf = (page: Page, title: string) => page.locator(".registration-row", { hasText: title });

/** A confirmed seat, an offered one far away, and an event that was called off. */
async function aPersonsList() {
  const me = await stage.newPerson({ locale: "en" });
  const make = (titleEn: string, overrides: Parameters<typeof anEvent>[2]) =>
    anEvent(stage.ctx, stage.organizer, { titleEn, ...overrides });
  const sure = await make("Sure thing", { startsAt: inDays(3) });
  const off = await make("Called off", { startsAt: inDays(4) });
  const held = await make("Held seat", {
    startsAt: inDays(40),
    capacity: 1,
    waitlistMode: "offer",
  });
  const [seated] = await othersJoin(stage, held.id, 1);
  for (const { id } of [sure, off, held]) await joins(stage, me, id);
  await leaves(stage, seated!);
  await asks(stage, stage.organizer, ["events.cancel", { eventId: off.id, apply: "this" }]);
  return me;
}

test("what needs an answer stands first, and each row says and does its own", async () => {
  const me = await aPersonsList();
  await using visit = await stage.visit({ locale: "en", as: me, at: "/registrations" });
  const { page } = visit;
  const offers = page.getByRole("region", { name: "Your reply is needed" });
  await offers.getByText("Held seat").waitFor();
  expect(await rowOf(page, "Held seat").count()).toBe(1);
  const off = rowOf(page, "Called off").locator(".chip", { hasText: "Cancelled" });
  await off.first().waitFor();
  expect(await off.count()).toBe(1);
  expect(await rowOf(page, "Called off").getByRole("button").count()).toBe(0);
  await rowOf(page, "Sure thing").getByRole("button", { name: "Add to calendar" }).waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await offers.getByRole("button", { name: "Accept the seat" }).click();
  await page.getByText("Your seat is confirmed").waitFor();
  await rowOf(page, "Held seat").getByText("Confirmed").waitFor();
  await page.getByRole("link", { name: "Held seat" }).and(page.locator(":focus")).waitFor();
  expect(await offers.count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("one's place moves up and a seat is offered while one looks", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, {
    titleEn: "Long line",
    capacity: 1,
    waitlistMode: "offer",
  });
  const [seated, ahead] = await othersJoin(stage, event.id, 2);
  const me = await stage.newPerson({ locale: "en" });
  await joins(stage, me, event.id);
  await using visit = await stage.visit({ locale: "en", as: me, at: "/registrations" });
  const { page } = visit;
  await rowOf(page, "Long line").getByText("no. 2").waitFor();
  await leaves(stage, ahead!);
  await rowOf(page, "Long line").getByText("no. 1").waitFor();
  await leaves(stage, seated!);
  const offers = page.getByRole("region", { name: "Your reply is needed" });
  await offers.getByRole("button", { name: "Accept the seat" }).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("the list is narrowed by its address; who cancels there keeps a place to go on from", async () => {
  const me = await aPersonsList();
  await using visit = await stage.visit({
    locale: "en",
    phone: true,
    as: me,
    at: "/registrations",
  });
  const { page } = visit;
  await page.getByRole("link", { name: "Confirmed" }).click();
  await page.waitForURL("**/registrations?show=confirmed");
  await rowOf(page, "Held seat").waitFor({ state: "detached" });
  const cancel = rowOf(page, "Sure thing").getByRole("button", { name: "Cancel my registration" });
  await cancel.click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel it" }).click();
  await page.getByText("Your registration is cancelled").waitFor();
  await page.getByRole("heading", { name: "No registration to show" }).waitFor();
  await page.locator("h1:focus").waitFor();
  expect(await overflow(page)).toBe(0);
  await page.getByRole("link", { name: "Cancelled, declined, etc." }).click();
  await rowOf(page, "Sure thing").waitFor();
  await page.reload();
  await rowOf(page, "Sure thing").waitFor();
  expect(await rowOf(page, "Held seat").count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  expect(visit.trouble).toEqual([]);
});

test("an event for another department is nowhere, and its address leads nowhere", async () => {
  const { organizationId } = stage;
  const [theirs, mine] = await stage.ctx.db
    .insert(departments)
    .values([
      { organizationId, code: "dev", nameJa: "開発部", nameEn: "Development" },
      { organizationId, code: "sales", nameJa: "営業部", nameEn: "Sales" },
    ])
    .returning();
  const event = await anEvent(stage.ctx, stage.organizer, {
    titleEn: "Developers only",
    audience: "departments",
  });
  const departmentId = theirs!.id;
  await stage.ctx.db
    .insert(eventDepartments)
    .values({ organizationId, eventId: event.id, departmentId });
  const developer = await stage.newPerson({ locale: "en", departmentId });
  await using inside = await stage.visit({ locale: "en", as: developer });
  const card = inside.page.locator(".event-card", { hasText: "Developers only" });
  await card.getByText("For some departments").waitFor();

  const seller = await stage.newPerson({ locale: "en", departmentId: mine!.id });
  await using outside = await stage.visit({ locale: "en", as: seller, at: "/?text=Developers" });
  const { page } = outside;
  await page.getByRole("heading", { name: "No event matches" }).waitFor();
  for (const path of [`/events/${event.id}`, `/events/${event.id}/draw`]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1, name: "We could not find this." }).waitFor();
    expect(await page.getByText("Developers only").count()).toBe(0);
  }
  expect([...inside.trouble, ...outside.trouble]).toEqual([]);
});
