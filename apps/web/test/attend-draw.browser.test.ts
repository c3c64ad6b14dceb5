import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import type { DrawPage } from "@tsudoi/shared/draws.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { asks, joins, othersJoin } from "./people.ts";
import { type Stage, setStage } from "./stage.ts";

const IN_TIME = { timeout: 20_000 };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const aLottery = () =>
  anEvent(stage.ctx, stage.organizer, {
    capacity: 2,
    waitlistMode: "automatic",
    allocation: "lottery",
    drawAt: new Date(Date.now() - SECOND),
    drawSeed: randomBytes(32).toString("hex"),
    titleEn: "Year-end concert",
  });

const codes = (page: Page) => page.locator(".draw-seed code").allTextContents();

test("one enters a draw, sees what it is bound to, and afterwards draws again in the browser", async () => {
  const event = await aLottery();
  await othersJoin(stage, event.id, 4);
  const me = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as: me });
  const { page } = visit;
  const card = page.locator(".event-card", { hasText: "Year-end concert" });
  await card.getByText(/^Draw on /).waitFor();
  await card.getByText("2 seats in the draw").waitFor();
  await page.goto(`/events/${event.id}`);
  await page.getByRole("button", { name: "Enter the draw" }).click();
  const entered = page.getByRole("heading", { name: "You are in the draw" });
  await entered.and(page.locator(":focus")).waitFor();
  const facts = page.locator(".draw-facts");
  await facts.getByText("5", { exact: true }).waitFor();
  const promised = await facts.locator("code").textContent();
  expect(promised).toMatch(/^[0-9a-f]{64}$/);
  await facts.getByRole("link", { name: "How the draw works" }).click();
  await page.getByText("The draw is still to come").waitFor();
  expect(await codes(page)).toEqual([promised]);
  expect(await page.getByText(event.drawSeed ?? "").count()).toBe(0);
  await page.goBack();

  await entered.waitFor();
  await asks(stage, stage.organizer, ["events.draw", { eventId: event.id }]);
  await page
    .getByRole("heading", { name: /^(?:Your seat is confirmed|You are on the waitlist)$/ })
    .waitFor(IN_TIME);
  await page.getByRole("link", { name: "Check the draw" }).click();
  const rows = page.locator(".draw-order li");
  await rows.nth(4).waitFor();
  expect(await codes(page)).toEqual([promised, event.drawSeed]);
  expect(await rows.filter({ hasText: "You" }).count()).toBe(1);
  await page.getByRole("button", { name: "Check the draw" }).click();
  await page.locator(".notice:focus", { hasText: "Hash and order agree" }).waitFor();
  await page.getByText("All 5 registrations were computed anew.").waitFor();
  expect(await findBarriers(page)).toEqual([]);

  await page.getByText("Check it on your own machine").click();
  const ids = await rows.locator("code").allTextContents();
  const script = (await page.locator(".draw-check pre").textContent()) ?? "";
  expect(runs(script, ids.toSorted())).toEqual([promised, ...ids]);
  expect(visit.trouble).toEqual([]);
});

test("whoever looks when the draw is held sees what came out, with or without a part in it", async () => {
  const event = await aLottery();
  await othersJoin(stage, event.id, 3);
  const reader = await stage.newPerson({ locale: "en" });
  const at = `/events/${event.id}`;
  await using visit = await stage.visit({ locale: "en", as: reader, at });
  const { page, context } = visit;
  const draw = await context.newPage();
  await draw.goto(`${at}/draw`);
  await draw.getByText("The draw is still to come").waitFor();
  await page.getByRole("link", { name: "How the draw works" }).waitFor();
  await asks(stage, stage.organizer, ["events.draw", { eventId: event.id }]);
  await draw.locator(".draw-order li").nth(2).waitFor(IN_TIME);
  await page.getByRole("link", { name: "Check the draw" }).waitFor(IN_TIME);
  expect(visit.trouble).toEqual([]);
});

/** What the script prints, on anybody's machine. */
function runs(script: string, ids: string[]): string[] {
  expect(script.split("\n")).toHaveLength(5);
  const folder = mkdtempSync(join(tmpdir(), "draw-"));
  try {
    writeFileSync(join(folder, "ids.txt"), ids.join("\n"));
    const args = ["--input-type=module", "--eval", script];
    return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" })
      .trim()
      .split("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each([
  ["two who changed places", swap, /^Place no\. [23] does not match/],
  [
    "one who is missing",
    (page: DrawPage) => ({ ...page, items: page.items.slice(1) }),
    /^There should be 4 registrations, and the list has 3$/,
  ],
] as const)("an order that was tampered with is found: %s", async (_, tamper, told) => {
  const event = await aLottery();
  await othersJoin(stage, event.id, 4);
  await asks(stage, stage.organizer, ["events.draw", { eventId: event.id }]);
  await using visit = await stage.visit({
    locale: "en",
    phone: true,
    as: await stage.newPerson({ locale: "en" }),
  });
  const { page } = visit;
  await page.route("**/trpc/**events.listDraw*", async (route) => {
    const answer = await route.fetch();
    const [one, ...others]: { result: { data: DrawPage } }[] = await answer.json();
    const data = tamper(one!.result.data);
    await route.fulfill({ response: answer, json: [{ result: { data } }, ...others] });
  });
  await page.goto(`/events/${event.id}/draw`);
  await page.getByRole("button", { name: "Check the draw" }).click();
  await page.locator(".notice.bad:focus .notice-title").getByText(told).waitFor();
  expect(await overflow(page)).toBe(0);
  await page.evaluate("scrollTo(0, 0)");
  expect(await findBarriers(page)).toEqual([]);
  expect(visit.trouble).toEqual([]);
});

function swap(page: DrawPage): DrawPage {
  const [first, second, third, ...others] = page.items;
  const items = [
    first!,
    { ...second!, registrationId: third!.registrationId },
    { ...third!, registrationId: second!.registrationId },
    ...others,
  ];
  return { ...page, items };
}

test("an event without a draw has no record of one, and an unknown one is not found", async () => {
  const event = await anEvent(stage.ctx, stage.organizer);
  await joins(stage, stage.attendee, event.id);
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}/draw`,
  });
  const { page } = visit;
  await page.getByText("This event has no draw").waitFor();
  await page.goto("/events/01890000-0000-7000-8000-000000000000/draw");
  await page.getByRole("heading", { level: 1, name: "We could not find this." }).waitFor();
  expect(visit.trouble).toEqual([]);
});
