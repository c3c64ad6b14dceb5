import { registrations } from "@tsudoi/core/db/schema/registrations.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers } from "./barriers.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const at = (ms: number) => new Date(Date.now() + ms);

test.each([
  ["ja", "none of its own", {}, "開始まで取り消せます。"],
  ["en", "none of its own", {}, "You can cancel until it starts."],
  [
    "ja",
    "one to come",
    { cancelUntil: at(HOUR) },
    /^\d+月\d+日\(.\) \d+:\d\d\sまで取り消せます。$/,
  ],
  [
    "en",
    "one to come",
    { cancelUntil: at(HOUR) },
    /^You can cancel until \w+ \d+ \w+, \d\d:\d\d\.$/,
  ],
  ["ja", "one that is over", { cancelUntil: at(-HOUR) }, /締切を過ぎています/],
  ["en", "one that is over", { cancelUntil: at(-HOUR) }, /The deadline to cancel has passed/],
] as const)(
  "one reads until when a seat can be given back before one takes it: %s, %s",
  async (...given) => {
    const [locale, , overrides, rule] = given;
    const event = await anEvent(stage.ctx, stage.organizer, { startsAt: at(DAY), ...overrides });
    const person = await stage.newPerson({ locale });
    await using visit = await stage.visit({ locale, as: person, at: `/events/${event.id}` });
    const { page } = visit;
    await page.locator(".seat-box").getByText(rule).waitFor();
    await page.locator(".action-bar button").click();
    await page.locator(".registration-ticket .give-back").getByText(rule).waitFor();
    expect(visit.trouble).toEqual([]);
  },
);

test("a seat that stays free beside a disabled account is offered to whoever looks, and given to them", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, {
    capacity: 1,
    waitlistMode: "automatic",
    waitlistLength: 1,
    seq: 1,
    lastNumber: 1,
  });
  const gone = await stage.newPerson({ disabledAt: at(-HOUR) });
  await stage.ctx.db.insert(registrations).values({
    organizationId: event.organizationId,
    eventId: event.id,
    userId: gone.id,
    status: "waitlisted",
    seq: 1,
    number: 1,
    queueNo: 1,
  });
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  await page.locator(".seat-box").getByText("1 seat left").waitFor();
  await page.locator(".seat-box").getByText("People who already wait come first.").waitFor();
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("addresses in a description are links to a tab of their own, and nothing else in it is more than text", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, {
    descriptionEn:
      "Slides (https://example.test/slides). <b>Bold</b> javascript:alert(1)\n\nWrite to mailto:talks@example.test.",
  });
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  const about = page.locator(".event-about");
  await about.getByText("<b>Bold</b> javascript:alert(1)").waitFor();
  const links = about.getByRole("link");
  expect(await links.count()).toBe(2);
  const slides = links.first();
  expect(await slides.getAttribute("href")).toBe("https://example.test/slides");
  expect(await slides.getAttribute("rel")).toBe("noopener noreferrer nofollow");
  expect(await slides.getAttribute("target")).toBe("_blank");
  expect(await links.last().getAttribute("href")).toBe("mailto:talks@example.test");
  expect(await findBarriers(page)).toEqual([]);
  expect(visit.trouble).toEqual([]);
});
