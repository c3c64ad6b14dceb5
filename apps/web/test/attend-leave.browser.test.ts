import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBarriers } from "./barriers.ts";
import { asks, joins, leaves } from "./people.ts";
import { type Stage, setStage, withoutStream } from "./stage.ts";

const IN_TIME = { timeout: 20_000 };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const WORDS = {
  ja: {
    press: "申込を取り消す",
    body: "席はすぐに、次にお待ちの方のものになります",
    yes: "取り消す",
    done: "申込を取り消しました",
    late: "取り消しの締切を過ぎています",
    refused: "取り消しの締切を過ぎています。",
    whom: "主催者：佐藤 恵",
    until: "までお受けしていました",
  },
  en: {
    press: "Cancel my registration",
    body: "Your seat goes to the next person on the waitlist at once",
    yes: "Cancel it",
    done: "You cancelled your registration",
    late: "The deadline to cancel has passed",
    refused: "The deadline to cancel has passed.",
    whom: "Ask 佐藤 恵",
    until: "It was possible until",
  },
} as const;

test.each(["ja", "en"] as const)(
  "one cancels in time: the seat is the next one's at once: %s",
  async (locale) => {
    const t = WORDS[locale];
    const event = await anEvent(stage.ctx, stage.organizer, {
      capacity: 1,
      waitlistMode: "automatic",
    });
    const me = await stage.newPerson({ locale });
    await joins(stage, me, event.id);
    const next = await stage.newPerson({ locale: "en" });
    await joins(stage, next, event.id);
    await using theirs = await stage.visit({ locale: "en", as: next, at: `/events/${event.id}` });
    await theirs.page.getByRole("heading", { name: "You are on the waitlist" }).waitFor();
    await using visit = await stage.visit({ locale, as: me, at: `/events/${event.id}` });
    const { page } = visit;
    await page.getByRole("button", { name: t.press }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByText(t.body).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: t.yes }).click();
    await page.locator(".notice:focus", { hasText: t.done }).waitFor();
    await theirs.page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor(IN_TIME);
    expect([...visit.trouble, ...theirs.trouble]).toEqual([]);
  },
);

/** A seat whose deadline is still to come, or is over. */
async function aSeat(locale: "ja" | "en", cancelUntil: Date) {
  const event = await anEvent(stage.ctx, stage.organizer, { cancelUntil });
  const me = await stage.newPerson({ locale });
  await joins(stage, me, event.id);
  return { event, me };
}

test.each(["ja", "en"] as const)(
  "after the deadline the page says so, and whom to ask: %s",
  async (locale) => {
    const t = WORDS[locale];
    const { event, me } = await aSeat(locale, new Date(Date.now() - HOUR));
    await using visit = await stage.visit({ locale, as: me, at: `/events/${event.id}` });
    const { page } = visit;
    const told = page.locator(".give-back");
    await told.getByText(t.late).waitFor();
    await told.getByText(t.whom).waitFor();
    expect(await page.getByRole("button", { name: t.press }).count()).toBe(0);
    await page.goto("/registrations");
    await page.locator(".registration-row").waitFor();
    expect(await page.getByRole("button", { name: t.press }).count()).toBe(0);
    expect(visit.trouble).toEqual([]);
  },
);

test.each(["ja", "en"] as const)(
  "a deadline that was moved meanwhile refuses, with its moment: %s",
  async (locale) => {
    const t = WORDS[locale];
    const { event, me } = await aSeat(locale, new Date(Date.now() + HOUR));
    await using visit = await stage.visit({ locale, as: me });
    const { page } = visit;
    await withoutStream(page);
    await page.goto(`/events/${event.id}`);
    await page.getByRole("button", { name: t.press }).waitFor();
    await endsEarlier(event);
    await page.getByRole("button", { name: t.press }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: t.yes }).click();
    const problem = page.locator(".problem:focus");
    await problem.getByText(t.refused, { exact: true }).waitFor();
    await problem.getByText(t.until).waitFor();
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    expect(visit.trouble).toEqual([]);
  },
);

/** As an organiser's edit does. */
async function endsEarlier(event: TestEvent): Promise<void> {
  const cancelUntil = new Date(Date.now() - HOUR).toISOString();
  await asks(stage, stage.organizer, [
    "events.update",
    { eventId: event.id, version: event.version, apply: "this", cancelUntil },
  ]);
}

test("a place that has ended elsewhere is not given back again, and the page says how it stands", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { approval: true });
  const me = await stage.newPerson({ locale: "en" });
  const { registrationId } = await joins(stage, me, event.id);
  await using visit = await stage.visit({ locale: "en", as: me });
  const { page } = visit;
  await withoutStream(page);
  await page.goto(`/events/${event.id}`);
  await page.getByRole("button", { name: "Cancel my registration" }).waitFor();
  const reason = "Only one person of each team this time.";
  await asks(stage, stage.organizer, ["registrations.reject", { registrationId, reason }]);
  await page.getByRole("button", { name: "Cancel my registration" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel it" }).click();
  await page.locator(".problem").getByText("It is now: Not accepted.").waitFor();
  await page.locator(".notice", { hasText: reason }).waitFor();
  await page.getByRole("button", { name: "Register" }).waitFor();
  expect(await findBarriers(page)).toEqual([]);
  expect(visit.trouble).toEqual([]);
});

test("an event that is off says so once and why, to who had a seat what became of it, and promises nothing", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, {
    capacity: 5,
    onlineUrl: "https://meet.example.test/off",
  });
  const me = await stage.newPerson({ locale: "en" });
  await joins(stage, me, event.id);
  const reason = "A typhoon is on its way.";
  await asks(stage, stage.organizer, [
    "events.cancel",
    { eventId: event.id, reason, apply: "this" },
  ]);
  for (const person of [me, await stage.newPerson({ locale: "en" })]) {
    await using visit = await stage.visit({ locale: "en", as: person, at: `/events/${event.id}` });
    const notice = visit.page.locator(".notice", { hasText: "This event has been cancelled" });
    await notice.getByText(reason).waitFor();
    const said = await visit.page.locator("main").textContent();
    expect(said?.match(/cancelled/gi)).toHaveLength(1);
    expect(said?.includes("Your registration ended with it.")).toBe(person === me);
    expect(said).not.toMatch(/link appears|Join online|seats? left|nothing you need/);
    expect(await visit.page.getByRole("button", { name: "Register" }).count()).toBe(0);
    expect(await findBarriers(visit.page)).toEqual([]);
    expect(visit.trouble).toEqual([]);
  }
});

test("what takes place at the same time is said before one registers, and allowed", async () => {
  const startsAt = new Date(Date.now() + 30 * HOUR);
  const first = await anEvent(stage.ctx, stage.organizer, { startsAt, titleEn: "Morning talk" });
  const second = await anEvent(stage.ctx, stage.organizer, {
    startsAt: new Date(startsAt.getTime() + HOUR),
  });
  const me = await stage.newPerson({ locale: "en" });
  const place = await joins(stage, me, first.id);
  await using visit = await stage.visit({ locale: "en", as: me, at: `/events/${second.id}` });
  const { page } = visit;
  await page.getByText("It overlaps with “Morning talk”.").waitFor();
  await leaves(stage, place);
  await page.reload();
  await page.getByRole("button", { name: "Register" }).waitFor();
  expect(await page.getByText("It overlaps").count()).toBe(0);
  await joins(stage, me, first.id);
  await page.reload();
  await page.getByText("It overlaps with “Morning talk”.").waitFor();
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
  expect(visit.trouble).toEqual([]);
});
