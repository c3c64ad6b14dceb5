import { describe, expect, test } from "vitest";
import { Email, NewPassword, SetUpInput, SignInInput } from "./accounts.ts";

describe("shared/accounts", () => {
  test("an address has one spelling", () => {
    expect(Email.parse("  Hanako.Sato+x@Example.TEST ")).toBe("hanako.sato+x@example.test");
    expect(Email.parse("o'brien@sub.example.test")).toBe("o'brien@sub.example.test");
  });

  test.each([
    ["two addresses", "a@example.test,b@example.test"],
    ["two addresses on two lines", "a@example.test\r\nBcc: b@example.test"],
    ["a name", "Hanako <a@example.test>"],
    ["a quoted local part", '"a b"@example.test'],
    ["a quoted address in a local part", '"a@evil.test x"@example.test'],
    ["a comment", "a(b)@example.test"],
    ["a space", "a b@example.test"],
    ["no dot in the domain", "a@localhost"],
    ["an address literal", "a@[127.0.0.1]"],
    ["a domain that begins with a hyphen", "a@-example.test"],
    ["two at signs", "a@b@example.test"],
    ["NUL", "a\u0000@example.test"],
    ["letters beyond ASCII", "花子@example.test"],
    [
      "more than 254 characters",
      `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(20)}.test`,
    ],
    ["a very long local part", `${"a".repeat(50_000)}@example.test`],
    ["very many labels", `a@${"b.".repeat(25_000)}`],
  ])("%s is no address", (_what, text) => {
    expect(Email.safeParse(text).success).toBe(false);
  });

  test("a password is as long as it is: nothing is trimmed, composed or cut off", () => {
    const password = " か\u3099\u0000 ";
    const input = SignInInput.parse({ email: "a@example.test", password });
    expect(input.password).toBe(password);
    expect(
      SignInInput.safeParse({ email: "a@example.test", password: "x".repeat(129) }).success,
    ).toBe(false);
    expect(SignInInput.safeParse({ email: "a@example.test", password: "" }).success).toBe(false);
    expect(NewPassword.safeParse("1234567").success).toBe(false);
    expect(NewPassword.safeParse("12345678").success).toBe(true);
  });

  test("what sets up a system can be kept and shown", () => {
    const input = {
      token: "x".repeat(43),
      organizationName: "集い株式会社",
      familyName: "佐藤",
      givenName: "花子",
      email: "hanako@example.test",
      password: "correct horse",
      locale: "ja",
      timeZone: "Asia/Tokyo",
    };
    expect(SetUpInput.parse(input)).toEqual(input);
    for (const wrong of [
      { organizationName: "a\u0000" },
      { familyName: " " },
      { givenName: "a\r\nb" },
      { timeZone: "Asia/Atlantis" },
      { locale: "fr" },
      { role: "admin" },
    ]) {
      expect(SetUpInput.safeParse({ ...input, ...wrong }).success).toBe(false);
    }
  });
});
