import { departments } from "@tsudoi/core/db/schema/departments.ts";
import { anEvent, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Stage, setStage } from "./stage.ts";

const LONG = "W".repeat(200);
const ADDRESS = `https://example.test/${"a-path/".repeat(11)}`;

let stage: Stage;
let host: TestUser;
let event: TestEvent;

beforeAll(async () => {
  stage = await setStage();
  const { organizationId } = stage;
  const [department] = await stage.ctx.db
    .insert(departments)
    .values({ organizationId, code: "long", nameJa: LONG.slice(100), nameEn: LONG.slice(100) })
    .returning();
  host = await stage.newPerson({
    role: "organizer",
    familyName: LONG.slice(140),
    givenName: LONG.slice(140),
    locale: "en",
    ...(department ? { departmentId: department.id } : {}),
  });
  const long = {
    titleJa: LONG,
    titleEn: LONG,
    descriptionEn: LONG,
    location: LONG,
    onlineUrl: "https://meet.example.test/x",
    ...(department ? { departmentId: department.id } : {}),
  };
  event = await anEvent(stage.ctx, host, long);
  const other = await anEvent(stage.ctx, host, long);
  const token = await tokenFor(stage.system.tokens, host);
  await call(stage.url, ["registrations.register", { eventId: other.id }], { token });
});
afterAll(() => stage[Symbol.asyncDispose]());

test.each([320, 390, 1_280])("no long word widens a page of %i pixels", async (width) => {
  await using visit = await stage.visit({ locale: "en", phone: width < 720, as: host });
  const { page } = visit;
  await page.setViewportSize({ width, height: 844 });
  const look = async (name: string, ready: string) => {
    await page.locator(ready).first().waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth");
    expect(wide, name).toBeLessThanOrEqual(width);
  };
  await look("list", ".next-ticket");
  await page.getByRole("button", { name: /^Menu of/ }).click();
  await look("menu", ".menu");
  await page.goto(`/?text=${encodeURIComponent(ADDRESS)}`);
  await look("search", ".empty");
  await page.goto(`/events/${event.id}`);
  await look("event", ".seat-box .notice");
  await page.goto("/registrations");
  await look("registrations", ".registration-row");
  await page.goto("/organize");
  await look("organise", ".event-card");
  await page.goto("/organize/new");
  await page.locator("[name=titleEn]").fill(LONG);
  await page.locator("[name=location]").fill(LONG);
  await page.locator(".draft-preview h3", { hasText: LONG }).waitFor();
  await look("form", ".draft-preview");
  expect(visit.trouble).toEqual([]);
});

test("a month of an English leaf is in capitals", async () => {
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const month = visit.page.locator(".date-block small");
  expect(await styleOf(month, "textTransform")).toBe("uppercase");
});

test.each([320, 390])(
  "on a phone of %i pixels nothing is cut or too small to touch",
  async (width) => {
    const person = await stage.newPerson({ role: "organizer", locale: "en" });
    await using visit = await stage.visit({ locale: "en", phone: true, as: person });
    const { page } = visit;
    await page.setViewportSize({ width, height: 844 });
    expect(await spareWidth(page.getByRole("searchbox"))).toBeGreaterThan(0);
    await using japanese = await stage.visit({ phone: true, as: stage.organizer });
    await japanese.page.setViewportSize({ width, height: 844 });
    expect(await spareWidth(japanese.page.getByRole("searchbox"))).toBeGreaterThan(0);
    expect(await heightsUnder44(page.locator(".segments a, .pills a"))).toEqual([]);
    await page.locator(".by-date summary").click();
    const head = page.locator(".by-date .month-head button");
    expect(await heightsUnder44(head)).toEqual([]);

    await page.goto("/organize/new");
    await page.locator("[name=date]").waitFor();
    const lefts = await page
      .locator(".field-row.times input")
      .evaluateAll((inputs) => inputs.map((input) => input.getBoundingClientRect().left));
    expect(lefts).toHaveLength(4);
    expect(new Set(lefts).size, "one under the other").toBe(1);

    await page.route("**/trpc/registrations.register", async (route) => {
      const data = { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, reason: "INTERNAL" };
      const error = { message: "INTERNAL", code: -32_603, data: { ...data, requestId: "abc" } };
      await route.fulfill({ status: 500, json: { error } });
    });
    await page.goto(`/events/${event.id}`);
    await page.getByRole("button", { name: "Register" }).click();
    await page.getByText("Details", { exact: true }).waitFor();
    expect(await heightsUnder44(page.locator(".problem summary"))).toEqual([]);
  },
);

test("a row that goes on beyond a phone's edge fades there, and what is chosen is in sight", async () => {
  const { id } = await anEvent(stage.ctx, host, {
    audience: "invited",
    waitlistMode: "automatic",
  });
  const at = `/organize/events/${id}/invitations`;
  await using visit = await stage.visit({ locale: "en", phone: true, as: host, at });
  const { page } = visit;
  const look = async (row: Locator, chosen: string) => {
    await row.locator("[aria-current]", { hasText: chosen }).waitFor();
    expect(await row.evaluate((all) => all.scrollWidth - all.clientWidth)).toBeGreaterThan(0);
    expect(await styleOf(row, "maskImage")).toContain("linear-gradient");
    await vi.waitFor(async () => expect(await beyondEdge(row)).toBe(0), 10_000);
  };
  const tabs = page.locator(".tab-links ul");
  await look(tabs, "Invitations");
  await tabs.getByRole("link", { name: "Overview" }).click();
  await look(tabs, "Overview");
  await page.goto("/registrations?show=ended");
  await look(page.locator(".pills"), "Cancelled, declined, etc.");
  expect(visit.trouble).toEqual([]);
});

test("a link within a text has room for a finger", async () => {
  const given = { descriptionEn: "The way: https://example.test/map", descriptionJa: "" };
  const { id } = await anEvent(stage.ctx, host, given);
  const at = `/events/${id}`;
  await using visit = await stage.visit({ locale: "en", phone: true, as: stage.attendee, at });
  const link = visit.page.getByRole("link", { name: "https://example.test/map" });
  expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(24);
});

test("an event on a phone keeps the way to language and light", async () => {
  const person = await stage.newPerson({ familyName: "Adler", givenName: "Ida", locale: "en" });
  await using visit = await stage.visit({
    locale: "en",
    phone: true,
    as: person,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  await page.getByRole("button", { name: "Menu of Ida Adler" }).click();
  await page.getByRole("menuitemradio", { name: "日本語" }).click();
  await page.locator("html[lang=ja]").waitFor();
  expect(visit.trouble).toEqual([]);
});

test("an address that leads nowhere keeps the way to everything else", async () => {
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: "/nowhere/at/all",
  });
  const { page } = visit;
  await page.getByRole("heading", { name: "Page not found" }).waitFor();
  expect(await page.locator("main").count()).toBe(1);
  await page.getByRole("navigation").getByRole("link", { name: "My registrations" }).click();
  await page.getByRole("heading", { name: "My registrations" }).waitFor();
});

test("with forced colours, what is chosen, marked or filled is still told apart", async () => {
  const startsAt = new Date(Date.now() + DAY);
  await anEvent(stage.ctx, stage.organizer, { startsAt, capacity: 3 });
  await using visit = await stage.visit({ locale: "en", as: host });
  const { page } = visit;
  await page.emulateMedia({ forcedColors: "active" });
  await page.locator("aside [data-has]").first().click();
  await page.locator("aside [aria-pressed=true]").waitFor();
  await page.goto(`${new URL(page.url()).search}&category=seminar`);
  await page.locator("aside [aria-pressed=true]").waitFor();

  const chosen = await colourOf(page, "Highlight");
  const border = await colourOf(page, "CanvasText");
  const ground = (part: string) => styleOf(page.locator(part).first(), "backgroundColor");
  const edge = (part: string) => styleOf(page.locator(part).first(), "borderTopColor");
  expect(await ground(".pills .pill[aria-current]")).toBe(chosen);
  expect(await ground(".pills .pill:not([aria-current])")).not.toBe(chosen);
  expect(await ground("aside [aria-pressed=true]")).toBe(chosen);
  expect(await styleOf(page.locator("aside [aria-current=date]"), "borderTopWidth")).toBe("2px");
  expect(await edge(".next-ticket .ticket-body")).toBe(border);
  expect(await edge(".meter")).toBe(border);
  await page.goto("/");
  await page.locator(".event-card").first().waitFor();
  expect(await ground(".navigation [aria-current]")).toBe(chosen);
  expect(await ground(".segments [aria-current]")).toBe(chosen);
});

function heightsUnder44(parts: Locator): Promise<number[]> {
  return parts.evaluateAll((all) =>
    all.map((part) => part.getBoundingClientRect().height).filter((height) => height < 44),
  );
}

/** How far what is chosen in a row sticks out of the screen. */
function beyondEdge(row: Locator): Promise<number> {
  return row.locator("[aria-current]").evaluate((part) => {
    const { left, right } = part.getBoundingClientRect();
    const { clientWidth } = part.ownerDocument.documentElement;
    return Math.max(0, -left, right - clientWidth);
  });
}

/** How much wider a field is inside than the words that stand in it while it is empty. */
function spareWidth(field: Locator): Promise<number> {
  return field.evaluate(async (input) => {
    const document = input.ownerDocument;
    await document.fonts.ready;
    const style = document.defaultView.getComputedStyle(input);
    const words = document.createElement("span");
    words.style.cssText = `position: absolute; white-space: nowrap; font: ${style.font}`;
    words.textContent = input.getAttribute("placeholder");
    document.body.append(words);
    const needed = words.getBoundingClientRect().width;
    words.remove();
    const padding = Number.parseFloat(style.paddingLeft) + Number.parseFloat(style.paddingRight);
    return input.clientWidth - padding - needed;
  });
}

/** What this colour of the system looks like here. */
function colourOf(page: Page, name: string): Promise<string> {
  return page.evaluate(`(() => {
    const part = document.createElement("i");
    part.style.forcedColorAdjust = "none";
    part.style.backgroundColor = "${name}";
    document.body.append(part);
    const shown = getComputedStyle(part).backgroundColor;
    part.remove();
    return shown;
  })()`);
}

function styleOf(part: Locator, name: string): Promise<string> {
  return part.evaluate(
    (element, property) => element.ownerDocument.defaultView.getComputedStyle(element)[property],
    name,
  );
}
