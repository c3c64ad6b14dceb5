import { REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { describe, expect, test } from "vitest";
import { en } from "#web/texts/en.ts";
import { ja } from "#web/texts/ja.ts";
import { wordsFor } from "./registration-words.ts";

describe.each([
  ["ja", ja, /メール/],
  ["en", en, /mail/],
])("%s", (_name, texts, mail) => {
  test("the confirmation's mail is announced right after the click, and never again", () => {
    expect(wordsFor("confirmed", "new", texts).next).toMatch(mail);
    for (const moment of ["later", "over", "cancelled"] as const) {
      expect(wordsFor("confirmed", moment, texts).next).not.toMatch(mail);
    }
  });

  test("nobody waits for a seat or an answer of an event that no longer comes", () => {
    for (const status of REGISTRATION_STATUSES) {
      expect(wordsFor(status, "over", texts)).toEqual({
        title: texts.status[status],
        next: texts.register.hintOver,
      });
      expect(wordsFor(status, "cancelled", texts).next).toBe(texts.register.hintCancelled);
    }
  });

  test("the receipt number is for the door, and only with a seat", () => {
    const number = texts.register.number.toLowerCase();
    expect(wordsFor("confirmed", "later", texts).next).toContain(number);
    for (const status of ["waitlisted", "pending", "offered"] as const) {
      expect(wordsFor(status, "later", texts).next).not.toContain(number);
    }
  });
});
