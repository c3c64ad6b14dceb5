import { beforeAll, describe, expect, test } from "vitest";
import { ALERTS } from "#telemetry/alerts.ts";
import { DASHBOARDS, RULE_GROUPS } from "#telemetry/artefacts.ts";
import type { AlertCase } from "#telemetry/cases/alert-case.ts";
import { ALERT_CASES } from "#telemetry/cases/alert-cases.ts";
import { burnRateGroup } from "#telemetry/rules/burn-rate.ts";
import type { AlertingRule, Rule } from "#telemetry/rules/rule.ts";
import { API_AVAILABILITY, SLOS } from "#telemetry/slo.ts";
import { type Known, knownSeries } from "./known-series.ts";
import { lintRules } from "./rule.ts";

let known: Known;

beforeAll(async () => {
  known = await knownSeries(RULE_GROUPS);
});

test("the rules break no rule", () => {
  expect(lintRules(RULE_GROUPS, known)).toEqual([]);
});

test("alerts lead to a dashboard that exists", () => {
  const uids = DASHBOARDS.map(({ uid }) => `/d/${uid}`);
  const rules = RULE_GROUPS.flatMap((group) => group.rules);
  for (const rule of rules) {
    if ("alert" in rule) expect(uids, rule.alert).toContain(rule.annotations.dashboard_url);
  }
});

test("an alert that waits is proven to wait", () => {
  for (const [name, proof] of Object.entries<AlertCase>(ALERT_CASES)) {
    const waits = "for" in ALERTS[name as keyof typeof ALERTS];
    expect(proof.pendingAt !== undefined, name).toBe(waits);
  }
});

test("an alert that cannot be silent is the watchdog alone", () => {
  const never = Object.entries<AlertCase>(ALERT_CASES).filter(
    ([, { silent }]) => silent.length === 0,
  );
  expect(never.map(([name]) => name)).toEqual(["Watchdog"]);
});

test("every promise can be broken fast enough to page", () => {
  for (const slo of SLOS) expect(() => burnRateGroup(slo)).not.toThrow();
  expect(() => burnRateGroup({ ...API_AVAILABILITY, objective: 93 })).toThrow(/14\.4/);
});

describe("finds the mistake in", () => {
  const alert: AlertingRule = {
    alert: "Example",
    expr: "max by (queue) (queue_workers) == 0",
    labels: { severity: "page", team: "platform" },
    annotations: { summary: "s", description: "d", runbook_url: "r", dashboard_url: "u" },
  };
  const mutants: [rule: string, mutant: Partial<AlertingRule>][] = [
    ["alert-severity", { labels: { severity: "critical", team: "platform" } }],
    ["alert-team", { labels: { severity: "page" } }],
    ["alert-annotation", { annotations: { ...alert.annotations, summary: " " } }],
    ["alert-comparison", { expr: "max by (queue) (queue_workers)" }],
    [
      "ratio-guard",
      {
        expr: 'sum(rate(job_attempts_total{outcome="dead"}[10m])) / sum(rate(job_attempts_total[10m])) > 0.1',
      },
    ],
    ["rate-window", { expr: "sum(rate(job_stalled_total[30s])) > 0" }],
    ["metric-declared", { expr: "max(queue_worker) == 0" }],
    ["label-value", { expr: 'max(queue_jobs{state=~"waiting|actve"}) > 0' }],
    ["shared-summed", { expr: "sum(queue_workers) == 0" }],
    ["promql-syntax", { expr: "max(queue_workers == 0" }],
  ];
  test.each(mutants)("%s: %o", (rule, mutant) => {
    expect(rulesBroken([{ ...alert, ...mutant }])).toContain(rule);
  });

  test("rule-duplicate: the same rule twice", () => {
    expect(rulesBroken([alert, alert])).toContain("rule-duplicate");
    expect(rulesBroken([alert])).toEqual([]);
  });
});

function rulesBroken(rules: Rule[]): string[] {
  return lintRules([{ name: "g", interval: "30s", rules }], known).map(({ rule }) => rule);
}
