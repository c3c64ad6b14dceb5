import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { RULE_GROUPS } from "#telemetry/artefacts.ts";
import { lintExpression } from "#telemetry/lint/expression.ts";
import { type Known, knownSeries } from "#telemetry/lint/known-series.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const FOLDER = "docs/runbooks";
const HEADINGS = [
  "What it means",
  "What users see",
  "First three queries",
  "Likely causes",
  "Mitigation",
  "Escalation",
  "Tests that cover it",
];

const runbooks = readdirSync(path.join(ROOT, FOLDER)).map((name) => `${FOLDER}/${name}`);
let known: Known;

beforeAll(async () => {
  known = await knownSeries(RULE_GROUPS);
});

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

test("every alert has a runbook, and every runbook an alert", () => {
  const rules = RULE_GROUPS.flatMap((group) => group.rules);
  const wanted = rules.flatMap((rule) => ("alert" in rule ? [rule.annotations.runbook_url] : []));
  expect([...new Set(wanted)].sort()).toEqual(runbooks.sort());
});

test.each(runbooks)("%s says what is needed at night, in order", (file) => {
  const headings = [...read(file).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
  expect(headings).toEqual(HEADINGS);
});

test.each(runbooks)("%s asks three questions that have an answer", (file) => {
  const queries = [...read(file).matchAll(/```promql\n([^`]+)\n```/g)].map(([, query]) => query);
  expect(queries).toHaveLength(3);
  for (const query of queries) expect(lintExpression(query ?? "", known), query).toEqual([]);
});

test.each(runbooks)("%s cites files that exist", (file) => {
  const cited = [...read(file).matchAll(/`((?:docs|infra|packages|apps)\/[^`\s]+)`/g)];
  expect(cited.length).toBeGreaterThan(0);
  for (const [, target] of cited)
    expect(existsSync(path.join(ROOT, target ?? "")), target).toBe(true);
});
