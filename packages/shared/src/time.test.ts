import { describe, expect, test } from "vitest";
import { Instant, TimeZone } from "./time.ts";

describe("shared/time", () => {
  test.each([
    ["2026-11-20T09:00:00Z", "2026-11-20T09:00:00.000Z"],
    ["2026-11-20T09:00:00.1234Z", "2026-11-20T09:00:00.123Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.9999Z", "9999-12-31T23:59:59.999Z"],
    ["2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000Z"],
  ])("%s is an instant", (given, kept) => {
    expect(Instant.parse(given)).toBe(kept);
  });

  test.each([
    "",
    "now",
    "2026-11-20",
    "2026-11-20T09:00:00",
    "2026-11-20T18:00:00+09:00",
    "2026-02-30T00:00:00Z",
    "2027-02-29T00:00:00Z",
    "2026-11-20T24:00:00Z",
    "2026-11-20T23:59:60Z",
    "0000-01-01T00:00:00Z",
    "+12026-01-01T00:00:00Z",
    "-0001-01-01T00:00:00Z",
    `2026-11-20T09:00:00.${"0".repeat(50_000)}Z`,
  ])("%.40s is none", (given) => {
    expect(Instant.safeParse(given).success).toBe(false);
  });

  test("instants compare as texts", () => {
    const [early, late] = ["2026-11-20T09:00:00Z", "2026-11-20T09:00:00.1Z"].map((text) =>
      Instant.parse(text),
    );
    expect(early! < late!).toBe(true);
  });

  test("a time zone is a name of the database of zones", () => {
    for (const zone of ["Asia/Tokyo", "Europe/Berlin", "America/New_York", "UTC", "Etc/GMT+9"]) {
      expect(TimeZone.safeParse(zone).success).toBe(true);
    }
    for (const zone of ["", "+09:00", "Mars/Olympus", "Asia/Tokyo\u0000", "A".repeat(65)]) {
      expect(TimeZone.safeParse(zone).success).toBe(false);
    }
  });
});
