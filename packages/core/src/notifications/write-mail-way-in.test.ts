import type { RegistrationNotification } from "@tsudoi/shared/notifications.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { describe, expect, test } from "vitest";
import { type Changes, someFacts } from "#test/facts.ts";
import { LETTER_CASES } from "#test/letter-cases.ts";
import { letterTo, SENDER } from "#test/letters.ts";
import { writeMail } from "./write-mail.ts";

const write = (changes: Changes) => writeMail(someFacts(changes), SENDER);

describe("notifications/write-mail and the way in", () => {
  test("only who has a seat reads the online link, and a place that is kept", () => {
    const kept = { location: "secret bar", locationFor: "confirmed" as const };
    for (const { name, changes, calendar } of LETTER_CASES) {
      const mail = letterTo({ ...changes, event: { ...changes.event, ...kept } });
      const secrets = ["secret-room", "secret bar"];
      const shown = secrets.map((secret) => JSON.stringify(mail).includes(secret));
      const isSeated = calendar === "REQUEST";
      expect({ name, shown }).toEqual({ name, shown: [isSeated, isSeated] });
    }
  });

  test.each<[RegistrationNotification, RegistrationStatus, string | undefined]>([
    ["registrations.confirmation", "confirmed", "本社 12F"],
    ["registrations.confirmation", "waitlisted", "参加が確定すると、お知らせします。"],
    ["registrations.offer", "offered", "参加が確定すると、お知らせします。"],
    ["registrations.rejection", "rejected", undefined],
    ["registrations.cancellation", "cancelled", undefined],
  ])("%s to who is %s says of a kept place: %s", (kind, status, place) => {
    const offerExpiresAt = status === "offered" ? new Date("2026-11-21T09:00:00Z") : null;
    const told = { event: { locationFor: "confirmed" as const }, kind };
    const { text } = letterTo({ ...told, registration: { status, offerExpiresAt } });
    expect(/^場所：(.*)$/m.exec(text)?.[1]).toBe(place);
  });

  test("another place where it is kept is told as one, the new one only to who has a seat", () => {
    const change = (place: "none" | "another", changes: Changes = {}) =>
      write({
        kind: "events.change",
        details: { place },
        ...{ ...changes, event: { locationFor: "confirmed" as const, ...changes.event } },
      })?.text;
    const waits = { registration: { status: "waitlisted" as const } };
    expect(change("another")).toContain("場所：本社 12F\n  変更前：別の場所");
    expect(change("another", { event: { location: null } })).toContain(
      "場所：なし\n  変更前：別の場所",
    );
    expect(change("another", waits)).toBeUndefined();
    expect(change("none", waits)).toContain(
      "場所：参加が確定すると、お知らせします。\n  変更前：なし",
    );
    // It is everyone's by now, and what it was still is not.
    expect(change("another", { ...waits, event: { locationFor: "everyone" } })).toContain(
      "場所：本社 12F\n  変更前：別の場所",
    );
  });
});
