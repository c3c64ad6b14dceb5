import { expect, test } from "vitest";
import { initials, personName } from "./person-name.ts";

const sato = { familyName: "佐藤", givenName: "恵" };
const adler = { familyName: "Adler", givenName: "Mark" };

test("names keep the order of their script", () => {
  expect(personName(sato)).toBe("佐藤 恵");
  expect(personName(adler)).toBe("Mark Adler");
});

test("initials are what each script calls so", () => {
  expect(initials(sato)).toBe("佐藤");
  expect(initials(sato, "short")).toBe("佐");
  expect(initials(adler)).toBe("MA");
});
