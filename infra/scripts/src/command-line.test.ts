import { expect, test } from "vitest";
import { readCounts, readFileName, readOption } from "./command-line.ts";

const USAGE = "npm run seed -- --events N";

test("readCounts reads whole numbers by name", () => {
  expect(readCounts(["events", "users"], USAGE, ["--events", "3", "--users=20"])).toEqual({
    events: 3,
    users: 20,
  });
  expect(readCounts(["events"], USAGE, [])).toEqual({});
});

test.each([[["--event", "3"]], [["3"]], [["--events"]], [["--events", "--users"]]])(
  "readCounts answers %o with the usage",
  (words) => {
    expect(() => readCounts(["events"], USAGE, words)).toThrow(USAGE);
  },
);

test.each(["-1", "1.5", "x", "", "123456789"])(
  "readCounts names the option that is %j",
  (value) => {
    expect(() => readCounts(["events"], USAGE, [`--events=${value}`])).toThrow(
      "--events must be a whole number",
    );
  },
);

test("readOption asks for what is missing", () => {
  expect(readOption("email", USAGE, ["--email", "a@b.test"])).toBe("a@b.test");
  expect(() => readOption("email", USAGE, [])).toThrow("--email is missing");
});

test("readFileName wants one file", () => {
  expect(readFileName(USAGE, ["/tmp/file"])).toBe("/tmp/file");
  for (const words of [[], ["a", "b"], ["--file"]])
    expect(() => readFileName(USAGE, words)).toThrow(USAGE);
});
