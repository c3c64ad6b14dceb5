import { DAY, MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { expect, test } from "vitest";
import { createClock, nextOf, waitFor } from "./clock.ts";

const NOON = Date.parse("2026-11-20T12:00:00.000Z");

/** A device whose clock is wrong, and answers of a server whose clock is right. */
function aDevice(wrongMs: number) {
  const device = { time: NOON, wrongMs };
  const clock = createClock(() => device.time + device.wrongMs);
  return {
    device,
    error: () => clock.now() - device.time,
    answer(at: number, wayMs: number): void {
      device.time = at - wayMs;
      const sentAt = device.time + device.wrongMs;
      const date = new Date(at).toUTCString();
      device.time = at + wayMs;
      clock.learn({ date, sentAt });
    },
  };
}

test.each([0, 30 * SECOND, -30 * SECOND, 3 * DAY])(
  "a clock that is wrong by %s ms is put right, never ahead",
  (wrongMs) => {
    const { error, answer } = aDevice(wrongMs);
    answer(NOON + 900, 40);
    expect(error()).toBeLessThanOrEqual(0);
    expect(error()).toBeGreaterThanOrEqual(-SECOND);
    for (const ms of [2_300, 4_010, 5_600]) answer(NOON + ms, 40);
    expect(error()).toBeLessThanOrEqual(0);
    expect(error()).toBeGreaterThanOrEqual(-100);
  },
);

test.each([MINUTE, -MINUTE])(
  "a clock that is set by %s ms while the page is open is followed",
  (jump) => {
    const { device, error, answer } = aDevice(0);
    answer(NOON + 10, 5);
    device.wrongMs = jump;
    answer(NOON + 5_010, 5);
    expect(Math.abs(error())).toBeLessThan(SECOND);
    expect(error()).toBeLessThanOrEqual(0);
  },
);

test("an answer without a date teaches nothing", () => {
  const clock = createClock(() => NOON);
  clock.learn({ date: null, sentAt: NOON });
  clock.learn({ date: "soon", sentAt: NOON });
  expect(clock.now()).toBe(NOON);
});

test("the next moment is the first one that is still to come", () => {
  const moments = [1, -1, 3].map((minutes) => new Date(NOON + minutes * MINUTE).toISOString());
  expect(nextOf(moments, NOON)).toBe(NOON + MINUTE);
  expect(nextOf(moments, NOON + MINUTE)).toBe(NOON + 3 * MINUTE);
  expect(nextOf(moments, NOON + 3 * MINUTE)).toBeUndefined();
});

test("no wait is longer than timers can be", () => {
  expect(waitFor(NOON + SECOND, NOON)).toBe(SECOND);
  expect(waitFor(NOON, NOON + SECOND)).toBe(0);
  expect(waitFor(NOON + 400 * DAY, NOON)).toBeLessThan(2 ** 31);
});
