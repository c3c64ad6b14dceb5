import { Email } from "@tsudoi/shared/accounts.ts";
import { expect, test } from "vitest";
import { addressesIn } from "./written-addresses.ts";

test.each([
  ["", [], []],
  ["a@example.test", ["a@example.test"], []],
  [" A@Example.test\nb@example.test\r\n", ["a@example.test", "b@example.test"], []],
  ["a@example.test, b@example.test;a@example.test", ["a@example.test", "b@example.test"], []],
  ["a@example.test、b@example.test", ["a@example.test", "b@example.test"], []],
  [
    'Mark Adler <mark@example.test>, "佐藤 恵" <megumi@example.test>',
    ["mark@example.test", "megumi@example.test"],
    [],
  ],
  ["a@example.test nobody@", ["a@example.test"], ["nobody@"]],
  ["somebody", [], ["somebody"]],
  ["h.o'brien+it@mail.example.co.jp", ["h.o'brien+it@mail.example.co.jp"], []],
])("%j is read as it is meant", (text, emails, wrong) => {
  expect(addressesIn(text)).toEqual({ emails, wrong });
  expect(emails.map((email) => Email.parse(email))).toEqual(emails);
});
