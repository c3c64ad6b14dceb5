import { basename } from "node:path";
import { burnRateGroup } from "#telemetry/rules/burn-rate.ts";
import { exact } from "#telemetry/rules/promql.ts";
import type { AlertingRule, RuleGroup } from "#telemetry/rules/rule.ts";
import { thresholdGroups } from "#telemetry/rules/thresholds.ts";
import { errorBudget, type Slo } from "#telemetry/slo.ts";
import type { AlertCase } from "./alert-case.ts";
import { ALERT_CASES } from "./alert-cases.ts";
import type { Series } from "./example-series.ts";
import { traffic } from "./slo-cases.ts";
import { type AlertAt, SCENARIOS, type Scenario, WINDOW_SCENARIOS } from "./slo-scenarios.ts";

/** A test file of `promtool test rules`. */
export type RuleTestFile = {
  rule_files: string[];
  evaluation_interval: string;
  /** Without it promtool runs the groups in random order, and the results differ. */
  group_eval_order: string[];
  tests: RuleTest[];
};

export type RuleTest = {
  name: string;
  interval: string;
  input_series: { series: string; values: string }[];
  alert_rule_test: AlertCheck[];
  promql_expr_test?: {
    expr: string;
    eval_time: string;
    exp_samples: { labels: string; value: number }[];
  }[];
};

type AlertCheck = { eval_time: string; alertname: string; exp_alerts: ExpectedAlert[] };
type ExpectedAlert = {
  exp_labels: Record<string, string>;
  exp_annotations: Record<string, string>;
};

const EVENTS_PER_MINUTE = 1000;
const MINUTES = 30;

/** A file for each alert, by the name of its runbook. */
export function alertTests(): Map<string, RuleTestFile> {
  return new Map(
    thresholdGroups().flatMap((group) =>
      alertingRules([group]).map((rule): [string, RuleTestFile] => [
        basename(rule.annotations.runbook_url, ".md"),
        testFile(`alerts-${group.name}`, [group], alertCases(rule)),
      ]),
    ),
  );
}

export function sloTests(slo: Slo): RuleTestFile {
  const scenarios = [...burnCases(slo), ...SCENARIOS.filter((scenario) => scenario.slo === slo.id)];
  const tests = scenarios.map((scenario) => scenarioTest(slo, scenario));
  return testFile(`slo-${slo.id}`, [burnRateGroup(slo)], tests);
}

/**
 * Hours and days would take minutes at the rules' own interval. Seven minutes divide no window, so it
 * does not matter that Prometheus 3 leaves out a sample exactly on a window's left edge.
 */
export function windowTests(slo: Slo): RuleTestFile {
  const scenarios = WINDOW_SCENARIOS.filter((scenario) => scenario.slo === slo.id);
  const tests = scenarios.map((scenario) => scenarioTest(slo, scenario));
  return {
    ...testFile(`slo-${slo.id}`, [burnRateGroup(slo)], tests),
    evaluation_interval: "7m",
  };
}

function testFile(rules: string, groups: RuleGroup[], tests: RuleTest[]): RuleTestFile {
  return {
    rule_files: [`../rules/${rules}.yml`],
    evaluation_interval: "30s",
    group_eval_order: groups.map((group) => group.name),
    tests,
  };
}

function alertCases(rule: AlertingRule): RuleTest[] {
  const proof: AlertCase = ALERT_CASES[rule.alert as keyof typeof ALERT_CASES];
  const check = (at: string, exp_alerts: ExpectedAlert[]): AlertCheck => ({
    eval_time: at,
    alertname: rule.alert,
    exp_alerts,
  });
  const pending = proof.pendingAt === undefined ? [] : [check(proof.pendingAt, [])];
  return [
    {
      ...ruleTest(`${rule.alert} fires`, proof.fires.series),
      alert_rule_test: [...pending, check(proof.at, [expected(rule, proof.fires)])],
    },
    ...(proof.alsoFires ?? []).map((firing, index) => ({
      ...ruleTest(`${rule.alert} fires, too (${index + 1})`, firing.series),
      alert_rule_test: [check(proof.at, [expected(rule, firing)])],
    })),
    ...proof.silent.map((series, index) => ({
      ...ruleTest(`${rule.alert} is silent (${index + 1})`, series),
      alert_rule_test: [check(proof.at, [])],
    })),
  ];
}

/** 16 budgets a month page, 4 open a ticket, half of one is what the budget is for, three events are chance. */
function burnCases(slo: Slo): Scenario[] {
  const [fast, slow] = ["SloErrorBudgetBurnFast", "SloErrorBudgetBurnSlow"] as const;
  const scenario = (name: string, series: Series, alerts: AlertAt[]): Scenario => ({
    name,
    slo: slo.id,
    series,
    alerts,
    ratios: [],
  });
  const [page, ticket] = [burning(slo, 16), burning(slo, 4)];
  const chance = traffic(slo, { good: 0, bad: 0.1, minutes: MINUTES });
  return [
    scenario("pages", page.series, [
      { alert: fast, at: "1m" },
      { alert: fast, at: "20m", value: page.value },
    ]),
    scenario("pages, boundaries spelt the other way", respelt(page.series), [
      { alert: fast, at: "20m", value: page.value },
    ]),
    scenario("opens a ticket", ticket.series, [
      { alert: slow, at: "5m" },
      { alert: slow, at: "20m", value: ticket.value },
      { alert: fast, at: "20m" },
    ]),
    scenario("is silent within its budget", burning(slo, 0.5).series, silent("20m")),
    scenario("is silent on chance", chance, silent("20m")),
  ];
}

function silent(at: string): AlertAt[] {
  return [
    { alert: "SloErrorBudgetBurnFast", at },
    { alert: "SloErrorBudgetBurnSlow", at },
  ];
}

function burning(slo: Slo, budgets: number): { series: Series; value: string } {
  const ratio = exact(budgets * errorBudget(slo));
  const bad = exact(ratio * EVENTS_PER_MINUTE);
  return {
    series: traffic(slo, { good: EVENTS_PER_MINUTE - bad, bad, minutes: MINUTES }),
    value: percentage(ratio),
  };
}

function scenarioTest(slo: Slo, scenario: Scenario): RuleTest {
  const rules = alertingRules([burnRateGroup(slo)]);
  return {
    ...ruleTest(`${scenario.name}`, scenario.series),
    alert_rule_test: scenario.alerts.map(({ alert, at, value }) => ({
      eval_time: at,
      alertname: alert,
      exp_alerts: rules
        .filter((rule) => rule.alert === alert && value !== undefined)
        .map((rule) => expected(rule, { value })),
    })),
    promql_expr_test: scenario.ratios.map(({ window, at, value }) => ({
      expr: `round(slo:sli_error:ratio_rate${window}{slo="${slo.id}"}, 0.001)`,
      eval_time: at,
      exp_samples: [{ labels: `{slo="${slo.id}"}`, value }],
    })),
  };
}

function ruleTest(name: string, series: Series): Omit<RuleTest, "alert_rule_test"> {
  return {
    name,
    interval: "1m",
    input_series: Object.entries(series).map(([key, values]) => ({ series: key, values })),
  };
}

type Seen = { labels?: Record<string, string> | undefined; value?: string | undefined };

function expected(rule: AlertingRule, seen: Seen): ExpectedAlert {
  const labels = { ...rule.labels, ...seen.labels };
  const fill = (text: string) =>
    text
      .replace(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? "")
      .replace(/\{\{ \$value[^}]*\}\}/g, seen.value ?? "");
  return {
    exp_labels: labels,
    exp_annotations: Object.fromEntries(
      Object.entries(rule.annotations).map(([key, text]) => [key, fill(text)]),
    ),
  };
}

function alertingRules(groups: RuleGroup[]): AlertingRule[] {
  return groups.flatMap((group) => group.rules).filter((rule) => "alert" in rule);
}

/** le="60.0" is how Prometheus 3 writes it, le="60" how Prometheus 2 does. */
function respelt(series: Series): Series {
  return Object.fromEntries(
    Object.entries(series).map(([key, values]) => [
      key.replace(/le="(\d+)\.0"/, 'le="$1"'),
      values,
    ]),
  );
}

/** As humanizePercentage prints it. */
function percentage(ratio: number): string {
  return `${Number((ratio * 100).toPrecision(4))}%`;
}
