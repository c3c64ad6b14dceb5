import { registrations } from "@tsudoi/core/db/schema/registrations.ts";
import { anEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBarriers, overflow } from "./barriers.ts";
import { findRepeats } from "./repeats.ts";
import { type Stage, setStage } from "./stage.ts";

type Given = Parameters<typeof anEvent>[2];
type Own = Partial<typeof registrations.$inferInsert>;

let stage: Stage;
let english: TestUser;
let japanese: TestUser;

const at = (ms: number) => new Date(Date.now() + ms);
const full = { capacity: 3, seatsTaken: 3 };
const over = { startsAt: at(-2 * DAY), endsAt: at(-DAY) };
const lottery = { allocation: "lottery", drawAt: at(HOUR), drawSeed: "c3".repeat(32) } as const;
const drawn = { ...lottery, ...full, drawAt: at(-HOUR), drawnAt: at(-HOUR) };
const reason = "Please see https://example.test/why for more";

type State = [headline: string, event: Given, own?: Own];

const STATES: [group: string, states: State[]][] = [
  [
    "free seats",
    [
      ["10 seats left", {}],
      ["10 seats left", { approval: true }],
      ["10 seats left", { registrationOpensAt: at(HOUR) }],
      ["1 seat left", { capacity: 1, waitlistLength: 1, waitlistMode: "automatic" }],
      ["10 seats in the draw", lottery],
    ],
  ],
  [
    "no free seat, or no event to come",
    [
      ["Full", full],
      ["Full", { ...full, waitlistMode: "automatic", waitlistLength: 2 }],
      ["Full", { ...full, waitlistMode: "offer" }],
      ["Registration closed", { status: "closed" }],
      ["This event is over.", over],
      ["This event has been cancelled", { status: "cancelled", cancelReason: reason }],
    ],
  ],
  [
    "a seat of one's own",
    [
      ["Your seat is confirmed", {}, { status: "confirmed" }],
      ["Your seat is confirmed", { cancelUntil: at(-HOUR) }, { status: "confirmed" }],
      ["Your seat is confirmed", drawn, { status: "confirmed", drawRank: 1 }],
      ["Your seat is confirmed", { status: "closed" }, { status: "confirmed" }],
      ["Confirmed", over, { status: "confirmed" }],
    ],
  ],
  [
    "a place to wait at",
    [
      [
        "You are on the waitlist",
        { ...full, waitlistMode: "automatic" },
        { status: "waitlisted", queueNo: 1 },
      ],
      [
        "You are on the waitlist",
        { ...full, waitlistMode: "offer" },
        { status: "waitlisted", queueNo: 1 },
      ],
      [
        "A seat is held for you",
        { ...full, waitlistMode: "offer" },
        { status: "offered", offerExpiresAt: at(HOUR) },
      ],
      ["Awaiting approval", { approval: true }, { status: "pending" }],
      ["You are in the draw", lottery, { status: "pending" }],
    ],
  ],
  [
    "a place that has ended",
    [
      ["You were not drawn this time", drawn, { status: "rejected", drawRank: 4 }],
      ["You declined the seat", { ...full, waitlistMode: "offer" }, { status: "declined" }],
      ["The offer has expired", { ...full, waitlistMode: "offer" }, { status: "expired" }],
      ["Your registration was not accepted", { approval: true }, { status: "rejected", reason }],
      ["You cancelled your registration", {}, { status: "cancelled", endedBy: "attendee" }],
      [
        "The organiser cancelled your registration",
        {},
        { status: "cancelled", endedBy: "organizer", reason },
      ],
      [
        "This event has been cancelled",
        { status: "cancelled" },
        { status: "cancelled", endedBy: "event" },
      ],
      ["This event has been cancelled", { ...lottery, status: "cancelled" }, { status: "pending" }],
    ],
  ],
];

beforeAll(async () => {
  stage = await setStage();
  english = await stage.newPerson({ locale: "en" });
  japanese = await stage.newPerson({ locale: "ja" });
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Apart from each other: what takes place at one time is said. */
let place = 0;

async function anEventIn([, overrides, own]: State, person: TestUser): Promise<string> {
  place += 1;
  const event = await anEvent(stage.ctx, stage.organizer, {
    onlineUrl: "https://meet.example.test/x",
    location: "12F",
    startsAt: at(2 * DAY + place * 3 * HOUR),
    seq: 2,
    lastNumber: 9,
    ...overrides,
  });
  if (own) {
    await stage.ctx.db.insert(registrations).values({
      organizationId: event.organizationId,
      eventId: event.id,
      userId: person.id,
      seq: 2,
      number: 9,
      status: "confirmed",
      ...own,
    });
  }
  return event.id;
}

describe.each([
  ["en", "light", false],
  ["ja", "dark", true],
] as const)("%s, %s, phone: %s", (locale, theme, phone) => {
  test.each(STATES)("one headline, and nothing twice: %s", async (_group, states) => {
    const as = locale === "en" ? english : japanese;
    await using visit = await stage.visit({ locale, theme, phone, as });
    const { page } = visit;
    const panel = page.locator(".register-panel");
    const found: string[] = [];
    for (const state of states) {
      const [headline] = state;
      await page.goto(`/events/${await anEventIn(state, as)}`);
      await panel.waitFor();
      if (locale === "en") await panel.getByText(headline, { exact: true }).first().waitFor();
      const troubles = [...(await findBarriers(page)), ...(await findRepeats(page))];
      if ((await overflow(page)) > 0) troubles.push("sticks out");
      found.push(...troubles.map((trouble) => `${headline}: ${trouble}`));
    }
    expect(found).toEqual([]);
    expect(visit.trouble).toEqual([]);
  });
});
