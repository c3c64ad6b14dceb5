import { expect, test } from "vitest";
import { findLastWords } from "./log-file.ts";

test.each([
  ["", undefined],
  ["starting\n\n", "starting"],
  ["api: setting PORT: must be a number\n", "api: setting PORT: must be a number"],
  [
    "TypeError: x is not a function\n    at y (file.ts:1:1)\n\nNode.js v24.21.0\n",
    "TypeError: x is not a function",
  ],
  [
    '{"level":"info","msg":"listening"}\n{"level":"fatal","msg":"uncaughtException","err":{"causes":[{"message":"boom"}]}}\n',
    "uncaughtException: boom",
  ],
  ['{"level":"error","msg":"no disk"}\n{"level":"info","msg":"stopping"}\n{"lev', "no disk"],
  [`${"x".repeat(400)}\n`, "x".repeat(300)],
])("of %j the last words are %j", (log, words) => {
  expect(findLastWords(log)).toBe(words);
});
