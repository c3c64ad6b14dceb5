import { describe, expect, test } from "vitest";
import {
  LIVE_STATUSES,
  ListMineInput,
  REGISTRATION_STATUSES,
  RegisterInput,
  receiptNumber,
  SEATED_STATUSES,
  seatsLeft,
} from "./registrations.ts";

describe("shared/registrations", () => {
  test("whoever holds a seat is live, and only known statuses are", () => {
    expect(LIVE_STATUSES).toEqual(expect.arrayContaining([...SEATED_STATUSES]));
    expect(REGISTRATION_STATUSES).toEqual(expect.arrayContaining([...LIVE_STATUSES]));
  });

  test("a receipt number is four digits, or as many as it needs", () => {
    expect([1, 42, 9_999, 123_456].map(receiptNumber)).toEqual(["0001", "0042", "9999", "123456"]);
  });

  test("seats left are never below none", () => {
    expect(seatsLeft({ capacity: 10, seatsTaken: 7 })).toBe(3);
    expect(seatsLeft({ capacity: 5, seatsTaken: 7 })).toBe(0);
  });

  test("an id has one spelling", () => {
    const eventId = "019A9F3E-7C1B-7D3E-8F00-ABCDEF012345";
    expect(RegisterInput.parse({ eventId })).toEqual({ eventId: eventId.toLowerCase() });
    expect(
      RegisterInput.safeParse({ eventId: "019a9f3e-7c1b-4d3e-8f00-abcdef012345" }).success,
    ).toBe(false);
    expect(RegisterInput.safeParse({ eventId, seats: 2 }).success).toBe(false);
  });

  test("a page is refused when it is too long, never cut", () => {
    expect(ListMineInput.parse({})).toEqual({ limit: 20, when: "upcoming" });
    for (const limit of [0, 101, 1.5, "20", null, Number.NaN]) {
      expect(ListMineInput.safeParse({ limit }).success).toBe(false);
    }
  });
});
