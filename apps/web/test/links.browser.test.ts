import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import { linksIn } from "@tsudoi/core/test/mail-letter.ts";
import type { MyRegistration, Registered } from "@tsudoi/shared/registrations.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const BEGINS_MS = 8_000;

type Place = { person: TestUser; registrationId: string };

async function join(person: TestUser, eventId: string): Promise<Place> {
  const token = await tokenFor(stage.system.tokens, person);
  const answer = await call<Registered>(stage.url, ["registrations.register", { eventId }], {
    token,
  });
  if (!answer.ok) throw new Error(`nobody could register: ${answer.reason}`);
  return { person, registrationId: answer.data.registration.id };
}

/** One seat that its holder gave back, and the first of those who wait offered it. */
async function anOffer(overrides: { startsAt?: Date } = {}) {
  const event = await anEvent(stage.ctx, stage.organizer, {
    capacity: 1,
    waitlistMode: "offer",
    ...overrides,
  });
  const seated = await join(await stage.newPerson({}), event.id);
  const guest = await join(
    await stage.newPerson({ familyName: "金子", givenName: "哲也" }),
    event.id,
  );
  const next = await join(await stage.newPerson({}), event.id);
  const token = await tokenFor(stage.system.tokens, seated.person);
  const { registrationId } = seated;
  await call(stage.url, ["registrations.cancel", { registrationId }], { token });
  return { guest, next };
}

async function statusOf({ person, registrationId }: Place): Promise<string> {
  const token = await tokenFor(stage.system.tokens, person);
  const asked = ["registrations.get", { registrationId }] as [string, unknown];
  const answer = await call<MyRegistration>(stage.url, asked, { token, query: true });
  return answer.ok ? answer.data.status : answer.reason;
}

/** A link as it came by mail. */
function linkIn({ person }: Place, purpose: "offer" | "leave"): Promise<string> {
  return vi.waitFor(async () => {
    const mine = stage.system.smtp.messages.filter(({ to }) => to.includes(person.email));
    const links = (await Promise.all(mine.map(linksIn))).flat();
    const found = links.find((link) => link.startsWith(`/${purpose}/`));
    if (found === undefined) throw new Error(`no mail with a link to ${purpose}`);
    return found;
  }, 10_000);
}

const press = (page: Page, name: string) => page.getByRole("button", { name }).click();
const shows = (page: Page, text: string) => page.getByText(text).waitFor();

const WORDS = {
  ja: {
    lead: "金子 哲也 さんの席をお取りしています",
    accept: "参加する",
    confirmed: "参加が確定しています",
    instead: "参加を辞退する",
    decline: "辞退する",
    declined: "席を辞退しました",
    leave: "申込を取り消す",
    cancelled: "申込は取り消されています",
    gone: "このリンクは使えません",
  },
  en: {
    lead: "金子 哲也, a seat is held for you",
    accept: "Accept the seat",
    confirmed: "Your seat is confirmed",
    instead: "Decline it instead",
    decline: "Decline the seat",
    declined: "You declined the seat",
    leave: "Cancel my registration",
    cancelled: "This registration is cancelled",
    gone: "This link does not work",
    expired: "The offer has expired",
  },
};

describe.each([
  ["ja", "light", true],
  ["en", "dark", false],
  ["en", "light", true],
  ["ja", "dark", false],
] as const)("links of mails, %s, %s, phone: %s", (locale, theme, phone) => {
  const t = WORDS[locale];

  test("a held seat is accepted with one press, and not before", async () => {
    const { guest } = await anOffer();
    await using visit = await stage.visit({ locale, theme, phone });
    const { page } = visit;
    await page.goto(await linkIn(guest, "offer"));
    await shows(page, t.lead);
    expect(await findBarriers(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(await statusOf(guest)).toBe("offered");
    await press(page, t.accept);
    await page.locator(".notice:focus", { hasText: t.confirmed }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).allTextContents()).toEqual([t.confirmed]);
    expect(await statusOf(guest)).toBe("confirmed");
    expect(await findBarriers(page)).toEqual([]);
    await page.reload();
    await shows(page, t.confirmed);
    expect(visit.trouble).toEqual([]);
  });

  test("or declined, and the next in line has it", async () => {
    const { guest, next } = await anOffer();
    await using visit = await stage.visit({ locale, theme, phone });
    const { page } = visit;
    await page.goto(await linkIn(guest, "offer"));
    await page.getByRole("link", { name: t.instead }).click();
    await page.getByRole("button", { name: t.decline }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    await press(page, t.decline);
    await page.locator(".notice:focus", { hasText: t.declined }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).allTextContents()).toEqual([t.declined]);
    expect([await statusOf(guest), await statusOf(next)]).toEqual(["declined", "offered"]);
    expect(visit.trouble).toEqual([]);
  });

  test("whoever can't come gives the seat back", async () => {
    const event = await anEvent(stage.ctx, stage.organizer, { capacity: 3 });
    const guest = await join(await stage.newPerson({}), event.id);
    await using visit = await stage.visit({ locale, theme, phone });
    const { page } = visit;
    await page.goto(await linkIn(guest, "leave"));
    await page.getByRole("button", { name: t.leave }).waitFor();
    expect(await findBarriers(page)).toEqual([]);
    expect(await statusOf(guest)).toBe("confirmed");
    await page.getByRole("button", { name: t.leave }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".notice:focus", { hasText: t.cancelled }).waitFor();
    expect(await statusOf(guest)).toBe("cancelled");
    expect(visit.trouble).toEqual([]);
  });

  test("whoever waits leaves the waitlist without signing in", async () => {
    const { next } = await anOffer();
    await using visit = await stage.visit({ locale, theme, phone });
    const { page } = visit;
    await page.goto(await linkIn(next, "leave"));
    await press(page, t.leave);
    await page.locator(".notice:focus", { hasText: t.cancelled }).waitFor();
    expect(await statusOf(next)).toBe("cancelled");
    expect(visit.trouble).toEqual([]);
  });

  test("a link that is none says so", async () => {
    await using visit = await stage.visit({ locale, theme, phone });
    const { page } = visit;
    for (const path of ["/offer/x", "/leave/x", `/leave/${"A".repeat(70)}`]) {
      await page.goto(path);
      await shows(page, t.gone);
      expect(await findBarriers(page)).toEqual([]);
      expect(await page.locator(".link-page button").count()).toBe(0);
    }
    expect(visit.trouble).toEqual([]);
  });
});

test("an offer ends while its page is open", async () => {
  // No offer lasts longer than until the event begins.
  const { guest } = await anOffer({ startsAt: new Date(Date.now() + BEGINS_MS) });
  const link = await linkIn(guest, "offer");
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  await page.goto(link);
  await shows(page, WORDS.en.lead);
  await shows(page, WORDS.en.expired);
  expect(await page.getByRole("button", { name: WORDS.en.accept }).count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});
