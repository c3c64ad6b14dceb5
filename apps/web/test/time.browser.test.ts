import { anEvent } from "@tsudoi/core/test/builders.ts";
import { HOUR, SECOND } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** They wait for it together, and the pages of all of them are there before it. */
const SOON = 12 * SECOND;
const soon = (ms: number) => new Date(Date.now() + ms);

/** From the next page on, the device's clock is ahead by `wrongMs`, which a script may change. */
function setClock(page: Page, ahead: number): Promise<unknown> {
  return page.addInitScript(`
    globalThis.wrongMs = ${ahead};
    globalThis.Date = class extends Date {
      constructor(...given) {
        if (given.length === 0) super(Date.now());
        else super(...given);
      }
      static now() {
        return super.now() + wrongMs;
      }
    };
  `);
}

describe.concurrent("while time passes", () => {
  test.each([
    ["right", 0],
    ["half a minute fast", 30 * SECOND],
    ["half a minute slow", -30 * SECOND],
  ])(
    "who waits for registration to open gets the button, and with it a seat: a clock that is %s",
    async (_clock, ahead) => {
      await using visit = await stage.visit({ locale: "en", as: stage.attendee });
      const { page } = visit;
      await setClock(page, ahead);
      const opensAt = soon(SOON);
      const event = await anEvent(stage.ctx, stage.organizer, { registrationOpensAt: opensAt });
      await page.goto(`/events/${event.id}`);
      await page.locator(".seat-box").getByText("Registration opens").waitFor();
      expect(await page.locator(".action-bar").count()).toBe(0);
      const button = page.getByRole("button", { name: "Register" });
      await button.waitFor();
      expect(Date.now()).toBeGreaterThanOrEqual(opensAt.getTime());
      await button.click();
      await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
      expect(visit.trouble).toEqual([]);
    },
  );

  test("a page that stays open tells when registration closes, and when the event is over", async () => {
    const event = await anEvent(stage.ctx, stage.organizer, {
      startsAt: soon(-HOUR),
      registrationOpensAt: soon(-2 * HOUR),
      registrationClosesAt: soon(SOON),
      endsAt: soon(SOON + 3 * SECOND),
    });
    await using visit = await stage.visit({
      locale: "en",
      as: stage.attendee,
      at: `/events/${event.id}`,
    });
    const { page } = visit;
    await page.getByRole("button", { name: "Register" }).waitFor();
    await page.locator(".seat-box").getByText("Registration closed").waitFor();
    expect(await page.locator(".action-bar").count()).toBe(0);
    await page.locator(".seat-box").getByText("This event is over.").waitFor();
  });

  test("a list that stays open tells when registration opens", async () => {
    await using visit = await stage.visit({ locale: "en", as: stage.attendee });
    const { page } = visit;
    await anEvent(stage.ctx, stage.organizer, {
      titleEn: "Worth a wait",
      registrationOpensAt: soon(SOON),
    });
    await page.reload();
    const card = page.locator(".event-card", { hasText: "Worth a wait" });
    const chip = card.getByText(/^Opens /);
    await chip.waitFor();
    await chip.waitFor({ state: "detached" });
  });
});

test("a device that slept over the opening shows it when it wakes", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await setClock(page, 0);
  const event = await anEvent(stage.ctx, stage.organizer, { registrationOpensAt: soon(HOUR) });
  await page.goto(`/events/${event.id}`);
  await page.locator(".seat-box").getByText("Registration opens").waitFor();
  // It wakes before its network does: nobody can tell it the time, which here has not passed at the server.
  await page.context().setOffline(true);
  await page.evaluate(`wrongMs = ${HOUR}; document.dispatchEvent(new Event("visibilitychange"))`);
  await page.getByRole("button", { name: "Register" }).waitFor();
});
