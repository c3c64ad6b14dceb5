import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { CATALOGUE } from "#telemetry/catalogue.ts";
import { ROOT } from "./tool.ts";

const SOURCES = [
  "apps/*/src/**/*.ts",
  "packages/core/src/**/*.ts",
  "packages/telemetry/src/metrics.ts",
];

test("somebody sets every declared metric", () => {
  const files = globSync(SOURCES, { cwd: ROOT }).filter((file) => !file.endsWith(".test.ts"));
  const code = files.map((file) => readFileSync(path.join(ROOT, file), "utf8")).join("\n");
  const unset = Object.keys(CATALOGUE).filter((name) => {
    const property = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return !new RegExp(`\\b${property}\\s*\\.(?:inc|dec|set|observe)\\(`).test(code);
  });
  expect(unset).toEqual([]);
});
