import { REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { describe, expect, test } from "vitest";
import { en } from "#web/texts/en.ts";
import { attend as enAttend } from "#web/texts/en-attend.ts";
import { ja } from "#web/texts/ja.ts";
import { attend as jaAttend } from "#web/texts/ja-attend.ts";
import { wordsFor } from "./registration-words.ts";

const FACTS = {
  waitlistMode: "automatic",
  allocation: "first_come",
  drawnAt: null,
  offerHours: 12,
  location: "12F",
  online: true,
} as const;

describe.each([
  ["ja", { ...ja, attend: jaAttend }, /メール/],
  ["en", { ...en, attend: enAttend }, /mail/],
])("%s", (_name, texts, mail) => {
  const about = { facts: FACTS, texts };

  test("the confirmation's mail is announced right after the click, and never again", () => {
    expect(wordsFor("confirmed", "new", about).next).toMatch(mail);
    for (const moment of ["later", "over"] as const) {
      expect(wordsFor("confirmed", moment, about).next).not.toMatch(mail);
    }
  });

  test("nobody waits for a seat or an answer of an event that is over", () => {
    for (const status of REGISTRATION_STATUSES) {
      expect(wordsFor(status, "over", about)).toEqual({
        title: texts.status[status],
        next: texts.register.hintOver,
      });
    }
  });

  test("the receipt number is for the door, and only with a seat", () => {
    const number = texts.register.number.toLowerCase();
    expect(wordsFor("confirmed", "later", about).next).toContain(number);
    for (const status of ["waitlisted", "pending", "offered"] as const) {
      expect(wordsFor(status, "later", about).next).not.toContain(number);
    }
  });

  test("what is only online has no door to say it at", () => {
    const online = { facts: { ...FACTS, location: null }, texts };
    expect(wordsFor("confirmed", "later", online).next).toBe("");
    expect(wordsFor("confirmed", "new", online).next).toMatch(mail);
    const nowhereYet = { facts: { ...FACTS, location: null, online: false }, texts };
    for (const moment of ["new", "later"] as const) {
      expect(wordsFor("confirmed", moment, online).next).not.toContain(
        wordsFor("confirmed", "later", nowhereYet).next,
      );
    }
  });

  test("who waits knows whether the seat comes by itself or is asked about, and for how long", () => {
    const automatic = wordsFor("waitlisted", "later", about).next;
    const facts = { ...FACTS, waitlistMode: "offer", offerHours: 36 } as const;
    const offer = wordsFor("waitlisted", "later", { facts, texts }).next;
    expect(offer).toContain("36");
    expect(automatic).not.toBe(offer);
    expect(automatic).not.toContain("12");
  });

  test("who waits for a draw is told its time, and after it that the result is near", () => {
    const lottery = { ...FACTS, allocation: "lottery" } as const;
    const before = wordsFor("pending", "later", {
      facts: { ...lottery, drawOn: "12/1 12:00" },
      texts,
    });
    expect(before).toEqual({
      title: texts.attend.haveDraw,
      next: texts.attend.next.draw("12/1 12:00"),
    });
    expect(wordsFor("pending", "later", { facts: lottery, texts }).next).toBe(
      texts.attend.next.drawSoon,
    );
    const drawn = { ...lottery, drawnAt: "2026-11-20T09:00:00.000Z" };
    expect(wordsFor("pending", "later", { facts: drawn, texts }).next).toBe(
      texts.attend.next.approval,
    );
  });

  test("an offer whose time is over asks for nothing any more", () => {
    const lapsed = wordsFor("offered", "later", { facts: { ...FACTS, isLapsed: true }, texts });
    expect(lapsed).toEqual({ title: texts.attend.lapsedTitle, next: texts.attend.next.lapsed });
  });
});
