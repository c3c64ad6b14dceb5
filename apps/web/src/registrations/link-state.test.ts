import type { RegistrationByLink } from "@tsudoi/shared/registration-links.ts";
import { REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { describe, expect, test } from "vitest";
import { leaveState, offerState } from "./link-state.ts";

const NOW = new Date("2026-11-20T09:00:00.000Z");
const LATER = "2026-11-20T09:00:00.001Z";

function shown(
  changes: Partial<RegistrationByLink>,
  status: "published" | "cancelled" = "published",
) {
  return {
    familyName: "佐藤",
    givenName: "花子",
    status: "confirmed",
    organization: { ja: "集い", en: "Tsudoi" },
    event: {
      title: { ja: "秋の勉強会", en: "Autumn workshop" },
      status,
      startsAt: "2026-11-26T06:00:00.000Z",
      endsAt: "2026-11-26T08:00:00.000Z",
      timeZone: "Asia/Tokyo",
    },
    ...changes,
  } satisfies RegistrationByLink;
}

describe("registrations/link-state", () => {
  test("an offer is open until the instant it ends", () => {
    expect(offerState(shown({ status: "offered", until: LATER }), NOW)).toBe("open");
    expect(offerState(shown({ status: "offered", until: NOW.toISOString() }), NOW)).toBe("expired");
  });

  test("what was offered and is no offer any more is told as it stands", () => {
    for (const status of REGISTRATION_STATUSES.filter((each) => each !== "offered")) {
      expect(offerState(shown({ status }), NOW)).toBe(status);
    }
  });

  test("a seat can be given back until the deadline, a place in a queue after it", () => {
    const until = NOW.toISOString();
    expect(leaveState(shown({ until: LATER }), NOW)).toBe("open");
    expect(leaveState(shown({ until }), NOW)).toBe("tooLate");
    for (const status of ["pending", "waitlisted"] as const) {
      expect(leaveState(shown({ status }), NOW)).toBe("open");
    }
    expect(leaveState(shown({ status: "offered", until }), NOW)).toBe("open");
  });

  test("what has ended is not given back again", () => {
    for (const status of ["cancelled", "rejected", "declined", "expired"] as const) {
      expect(leaveState(shown({ status }), NOW)).toBe(status);
    }
  });

  test("an event that is off asks nothing of anyone", () => {
    expect(offerState(shown({ status: "offered", until: LATER }, "cancelled"), NOW)).toBe(
      "eventCancelled",
    );
    expect(leaveState(shown({ until: LATER }, "cancelled"), NOW)).toBe("eventCancelled");
  });
});
