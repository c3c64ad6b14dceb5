import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { joins } from "./people.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
let open: TestEvent;
let held: TestEvent;

const DESCRIPTION = "See https://example.test/before first.\n\nThen https://example.test/then.";

beforeAll(async () => {
  stage = await setStage();
  const given = { location: "12F", descriptionEn: DESCRIPTION };
  open = await anEvent(stage.ctx, stage.organizer, { ...given, titleEn: "Still open" });
  held = await anEvent(stage.ctx, stage.organizer, { ...given, titleEn: "A place of one's own" });
  await joins(stage, stage.attendee, held.id);
});
afterAll(() => stage[Symbol.asyncDispose]());

const [HEAD, SIDE, ABOUT, FACTS] = ["event-head", "event-side", "event-about", "event-facts"];
const ORDERS = {
  without: { phone: [HEAD, FACTS, ABOUT, SIDE], desk: [HEAD, ABOUT, SIDE, FACTS] },
  with: { phone: [HEAD, SIDE, FACTS, ABOUT], desk: [HEAD, SIDE, ABOUT, FACTS] },
};
const PAGES = [
  ["without", () => open],
  ["with", () => held],
] as const;

type Part = { name: string; top: number; bottom: number; left: number; right: number };

/** The parts of an event's page in the order of the document, and where each is seen. */
function readParts(page: Page): Promise<Part[]> {
  return page.locator(".event-columns > *").evaluateAll((parts) =>
    parts.map((part) => {
      const { top, bottom, left, right } = part.getBoundingClientRect();
      return { name: part.className.split(" ")[0] ?? "", top, bottom, left, right };
    }),
  );
}

type Stop = { name: string; top: number; isFixed: boolean };

/** Where Tab stops between the way back and the end of the page. */
async function readStops(page: Page): Promise<Stop[]> {
  await page.locator(".back-link").focus();
  const stops: Stop[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate<Stop | null>(`(() => {
      const at = document.activeElement;
      if (!at?.closest(".event-columns")) return null;
      return {
        name: at.textContent,
        top: at.getBoundingClientRect().top + scrollY,
        isFixed: getComputedStyle(at.closest(".action-bar") ?? at).position === "fixed",
      };
    })()`);
    if (stop === null) return stops;
    stops.push(stop);
  }
}

const inOrder = (places: number[]) => places.toSorted((one, other) => one - other);

function inColumns(seen: Part[]): { panel: Part; column: Part[] } {
  const panel = seen.find(({ name }) => name === "event-side");
  if (panel === undefined) throw new Error("the page has no panel");
  return { panel, column: seen.filter((part) => part !== panel) };
}

async function openPage(page: Page, event: TestEvent): Promise<void> {
  await page.goto(`/events/${event.id}`);
  await page.locator(".register-panel").waitFor();
}

describe.each(PAGES)("an event's page %s a place of one's own", (name, event) => {
  test("is seen on a phone in the order in which it is read and tabbed through", async () => {
    await using visit = await stage.visit({ locale: "en", phone: true, as: stage.attendee });
    const { page } = visit;
    await openPage(page, event());
    const seen = await readParts(page);
    expect(seen.map((part) => part.name)).toEqual(ORDERS[name].phone);
    const tops = seen.map(({ top }) => top);
    expect(tops).toEqual(inOrder(tops));

    const stops = await readStops(page);
    expect(stops.length).toBeGreaterThan(2);
    const stopTops = stops.filter(({ isFixed }) => !isFixed).map(({ top }) => top);
    expect(stopTops).toEqual(inOrder(stopTops));
  });

  test("is seen on a desk in two columns, each in that order", async () => {
    await using visit = await stage.visit({ locale: "en", as: stage.attendee });
    const { page } = visit;
    await openPage(page, event());
    const seen = await readParts(page);
    expect(seen.map((part) => part.name)).toEqual(ORDERS[name].desk);
    const { panel, column } = inColumns(seen);
    expect(column.filter(({ right }) => right > panel.left)).toEqual([]);
    expect(panel.top).toBeLessThan(column[1]?.top ?? 0);
    const tops = column.map(({ top }) => top);
    expect(tops).toEqual(inOrder(tops));
  });
});

test("a panel that is longer than the rest tears no hole into it", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, {
    allocation: "lottery",
    drawAt: new Date(Date.now() + HOUR),
    drawSeed: "c3".repeat(32),
    descriptionEn: "Short.",
  });
  await joins(stage, stage.attendee, event.id);
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  await openPage(visit.page, event);
  const { panel, column } = inColumns(await readParts(visit.page));
  const holes = column.slice(1).map(({ top }, index) => top - (column[index]?.bottom ?? 0));
  expect(holes.map(Math.round)).toEqual([20, 20]);
  expect(panel.bottom - panel.top).toBeGreaterThan(2 * ((column.at(-1)?.bottom ?? 0) - panel.top));
});

test("a press that changes the order leaves the focus at its outcome", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { descriptionEn: DESCRIPTION });
  await using visit = await stage.visit({ locale: "en", phone: true, as: stage.attendee });
  const { page } = visit;
  await openPage(page, event);
  await page.getByRole("button", { name: "Register", exact: true }).press("Enter");
  await page.locator(".registration-ticket").waitFor();
  await page.locator(".event-side :focus").waitFor();
  expect((await readParts(page)).map(({ name }) => name)).toEqual(ORDERS.with.phone);
  await page.getByRole("button", { name: /cancel/i }).press("Enter");
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /cancel/i })
    .press("Enter");
  await page.getByText("You cancelled your registration").waitFor();
  await page.locator(".event-side :focus").waitFor();
  expect((await readParts(page)).map(({ name }) => name)).toEqual(ORDERS.without.phone);
});
