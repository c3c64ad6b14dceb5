import { departments } from "@tsudoi/core/db/schema/departments.ts";
import { anEvent, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { doAs, someGuests } from "./crowd.ts";
import { findRepeats } from "./repeats.ts";
import { type Stage, setStage } from "./stage.ts";

const LONG = "W".repeat(120);

let stage: Stage;
let organizer: TestUser;
let event: TestEvent;
let half: TestEvent;

beforeAll(async () => {
  stage = await setStage();
  const { ctx, organizationId } = stage;
  const [department] = await ctx.db
    .insert(departments)
    .values({ organizationId, code: "long", nameJa: LONG, nameEn: LONG })
    .returning();
  organizer = await stage.newPerson({
    role: "organizer",
    familyName: "佐藤",
    givenName: "恵",
    locale: "en",
  });
  const shown = { titleJa: LONG, titleEn: LONG, location: LONG };
  event = await anEvent(ctx, organizer, {
    ...shown,
    capacity: 2,
    waitlistMode: "offer",
    audience: "invited",
  });
  half = await anEvent(ctx, organizer, {
    ...shown,
    titleEn: "",
    status: "draft",
    publishedAt: null,
  });
  await doAs(stage, organizer, [
    "events.invite",
    { eventId: event.id, emails: [`${LONG.slice(60)}@example.test`] },
  ]);
  const { version } = await doAs<{ version: number }>(stage, organizer, [
    "events.update",
    { eventId: event.id, version: 1, audience: "everyone" },
  ]);
  await someGuests(stage, event.id, 5);
  const wordy = await stage.newPerson({
    familyName: LONG.slice(60),
    givenName: LONG.slice(60),
    departmentId: department?.id ?? null,
  });
  await doAs(stage, wordy, ["registrations.register", { eventId: event.id }]);
  await doAs(stage, organizer, [
    "events.update",
    { eventId: event.id, version, capacity: 3, audience: "invited" },
  ]);
});
afterAll(() => stage[Symbol.asyncDispose]());

/** On a screen so high that the bar and the header, which stay in sight, cover nothing. */
async function select(page: Page): Promise<void> {
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height: 4_000 });
  await page.locator(".people-table tbody [type=checkbox]").first().check();
}

/** Each part of the area, with what is done there before it is looked at. */
const PLACES: [
  name: string,
  path: string,
  ready: string,
  prepare?: (page: Page) => Promise<unknown>,
][] = [
  ["overview", "", ".status-tile b"],
  [
    "cancelling",
    "",
    ".dialog form",
    (page) => page.getByRole("button", { name: "Cancel the event" }).click(),
  ],
  ["people", "/people", ".people-table tbody tr"],
  ["people selected", "/people", ".bulk-bar[data-open]", select],
  ["a person", "/people", ".dialog.side dl", (page) => page.locator(".cell-button").last().click()],
  [
    "adding a person",
    "/people",
    ".dialog form",
    async (page) => {
      await page.getByRole("button", { name: "Add a person" }).click();
      await page.locator(".dialog [name=email]:focus").waitFor();
    },
  ],
  ["nobody found", "/people?text=nobody", ".empty"],
  ["waitlist", "/waitlist", ".queue-table tbody tr"],
  ["organisers", "/organizers", ".organizers-table tbody tr"],
  ["invitations", "/invitations", ".invitations-table tbody tr"],
  ["editor", "/edit", ".draft-preview h3"],
];

/** What is behind an open dialog is hidden from readers, and so are the landmarks of the page. */
async function barriersAt(page: Page): Promise<string[]> {
  const isOver = (await page.getByRole("dialog").count()) > 0;
  const found = await findBarriers(page);
  return isOver
    ? found.filter((one) => !/^(?:landmark-one-main|page-has-heading-one)/.test(one))
    : found;
}

describe.each([
  [320, "light"],
  [390, "dark"],
  [1_280, "light"],
  [1_280, "dark"],
] as const)("at %i pixels, %s", (width, theme) => {
  test("no part of the area for organisers breaks a rule of WCAG 2.2 AA, sticks out or says a thing twice", async () => {
    await using visit = await stage.visit({
      locale: "en",
      theme,
      phone: width < 720,
      as: organizer,
    });
    const { page } = visit;
    const found: string[] = [];
    for (const [name, path, ready, prepare] of PLACES) {
      await page.setViewportSize({ width, height: 844 });
      await page.goto(`/organize/events/${event.id}${path}`);
      await page.locator("main h1").waitFor();
      if (prepare) await prepare(page);
      await page.locator(ready).first().waitFor();
      found.push(...(await barriersAt(page)).map((barrier) => `${name}: ${barrier}`));
      found.push(...(await findRepeats(page)).map((said) => `${name} says twice: ${said}`));
      expect(await overflow(page), `${name} fits the screen`).toBe(0);
    }
    await page.goto(`/organize/events/${half.id}`);
    await page.getByRole("button", { name: "Publish" }).click();
    await page.locator(".missing-fields a").first().waitFor();
    found.push(...(await findBarriers(page)).map((barrier) => `gate: ${barrier}`));
    expect(found).toEqual([]);
    expect(visit.trouble).toEqual([]);
  });
});
