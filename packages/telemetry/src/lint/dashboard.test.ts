import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { beforeAll, describe, expect, test } from "vitest";
import { DASHBOARDS, RULE_GROUPS } from "#telemetry/artefacts.ts";
import { CATALOGUE } from "#telemetry/catalogue.ts";
import { lintDashboard, type PanelJson, panelsOf } from "./dashboard.ts";
import { metricsIn } from "./expression.ts";
import { type Known, knownSeries } from "./known-series.ts";

let known: Known;

beforeAll(async () => {
  known = await knownSeries(RULE_GROUPS);
});

test.each(DASHBOARDS.map((dashboard) => [dashboard.uid, dashboard] as const))(
  "%s breaks no rule",
  (_, dashboard) => {
    expect(lintDashboard(dashboard, known)).toEqual([]);
  },
);

test("dashboards have uids and titles of their own", () => {
  for (const key of ["uid", "title"] as const) {
    expect(new Set(DASHBOARDS.map((dashboard) => dashboard[key])).size).toBe(DASHBOARDS.length);
  }
});

test("the overview shows the promised procedures by name", () => {
  const titles = panelsOf(find("slo-overview")).map(({ title }) => title);
  expect(titles).toContain("registrations.register p95");
  expect(titles).toContain("events.list p95");
});

test("somebody looks at every declared metric", () => {
  const shown = DASHBOARDS.flatMap(panelsOf).flatMap(({ targets }) => targets ?? []);
  const asked = RULE_GROUPS.flatMap(({ rules }) => rules);
  const used = new Set([...shown, ...asked].flatMap(({ expr = "" }) => metricsIn(expr, known)));
  expect(Object.keys(CATALOGUE).filter((name) => !used.has(name))).toEqual([]);
});

describe("finds the mistake in", () => {
  type Change = (dashboard: Dashboard) => unknown;
  const everywhere: [rule: string, mutant: string, change: Change][] = [
    ["uneditable-dashboard", "an editable one", (it) => Object.assign(it, { editable: true })],
    ["dashboard-uid", "one without uid", (it) => Object.assign(it, { uid: "" })],
    ["dashboard-description", "one for nobody", (it) => Object.assign(it, { description: "" })],
    ["template-datasource-rule", "an unnamed source", (it) => rename(it, "datasource", "source")],
    ["template-job-rule", "a missing job variable", (it) => rename(it, "job", "service")],
    ["template-instance-rule", "a missing instance", (it) => rename(it, "instance", "pod")],
    ["template-on-time-change-reload-rule", "a stale variable", (it) => vary(it, { refresh: 1 })],
    ["template-label-promql-rule", "a broken variable", (it) => vary(it, { query: "up{, job" })],
    ["panel-id", "two panels of one id", (it) => change(it, { id: 1 })],
    ["grid", "a panel off the grid", (it) => change(it, { gridPos: { x: 20, y: 1, w: 8, h: 8 } })],
    [
      "open-panels",
      "seven open panels",
      (it) => it.panels?.push({ ...first(it), id: 99 } as never),
    ],
    ["panel-title-description-rule", "a mute panel", (it) => change(it, { description: "" })],
    ["panel-datasource-rule", "a fixed source", (it) => change(it, { datasource: { uid: "x" } })],
    ["panel-units-rule", "a number of nothing", (it) => unit(it, "")],
    ["panel-no-targets-rule", "a panel that asks nothing", (it) => change(it, { targets: [] })],
  ];
  test.each(everywhere)("%s: %s", (rule, _, spoil) => {
    const dashboard = structuredClone(find("workers"));
    spoil(dashboard);
    expect(rulesBroken(dashboard)).toContain(rule);
  });

  const S = 'job=~"$job",instance=~"$instance"';
  const expressions: [rule: string, expr: string][] = [
    ["promql-syntax", `sum by (queue) (rate(job_stalled_total{${S}}[$__rate_interval])`],
    ["metric-declared", `max(queue_worker{${S}})`],
    ["metric-declared", "slo:burn_rate:ratio_rate2h"],
    ["label-declared", `max by (queue) (queue_workers{${S},kew="mail"})`],
    ["label-value", `max by (queue) (queue_workers{${S},queue="mails"})`],
    ["label-value", `max by (queue) (queue_jobs{${S},state=~"waiting|actve"})`],
    ["label-value", 'slo:burn_rate:ratio_rate1h{slo="api-availabilty"}'],
    [
      "bucket-exists",
      `sum(rate(job_wait_duration_seconds_bucket{${S},le="45"}[$__rate_interval]))`,
    ],
    [
      "bucket-spelling",
      `sum(rate(job_wait_duration_seconds_bucket{${S},le="60"}[$__rate_interval]))`,
    ],
    ["counter-rate", `sum by (queue) (job_stalled_total{${S}})`],
    ["shared-summed", `sum by (queue) (queue_workers{${S}})`],
    ["shared-summed", `outbox_pending_rows{${S}}`],
    [
      "quantile-le",
      `histogram_quantile(0.95, sum by (queue) (rate(job_db_queries_bucket{${S}}[$__rate_interval])))`,
    ],
    ["target-job-rule", 'max by (queue) (queue_workers{instance=~"$instance"})'],
    ["target-instance-rule", 'max by (queue) (queue_workers{job=~"$job"})'],
    ["target-rate-interval-rule", `sum by (queue) (rate(job_stalled_total{${S}}[5m]))`],
    [
      "line-count",
      `sum by (queue, job_name, outcome) (rate(job_attempts_total{${S}}[$__rate_interval]))`,
    ],
    ["line-count", `process_resident_memory_bytes{${S}}`],
  ];
  test.each(expressions)("%s: %s", (rule, expr) => {
    const dashboard = structuredClone(find("workers"));
    first(dashboard).targets = [{ refId: "A", expr }];
    expect(rulesBroken(dashboard)).toContain(rule);
  });

  const units: [unit: string, expr: string][] = [
    [
      "short",
      `histogram_quantile(0.95, sum by (le) (rate(job_wait_duration_seconds_bucket{${S}}[$__rate_interval])))`,
    ],
    [
      "s",
      `histogram_quantile(0.95, sum by (le) (rate(job_db_queries_bucket{${S}}[$__rate_interval])))`,
    ],
    ["s", `sum by (queue) (rate(job_process_duration_seconds_sum{${S}}[$__rate_interval]))`],
    ["percentunit", `max(outbox_pending_rows{${S}})`],
    ["bytes", `topk(3, nodejs_eventloop_lag_p99_seconds{${S}})`],
    ["short", "slo:error_budget_remaining:ratio_rate30d"],
    [
      "ops",
      `sum(rate(job_stalled_total{${S}}[$__rate_interval])) / sum(rate(job_attempts_total{${S}}[$__rate_interval]))`,
    ],
  ];
  test.each(units)("unit-fits: %s for %s", (wrong, expr) => {
    const dashboard = structuredClone(find("workers"));
    first(dashboard).targets = [{ refId: "A", expr }];
    unit(dashboard, wrong);
    expect(rulesBroken(dashboard)).toContain("unit-fits");
  });

  test("slo-line: a line that is not where the promise is", () => {
    const dashboard = structuredClone(find("slo-overview"));
    const panel = panelsOf(dashboard).find(({ title }) => title === "events.list p95");
    const steps = panel?.fieldConfig?.defaults?.thresholds?.steps;
    steps!.at(-1)!.value = 0.4;
    expect(rulesBroken(dashboard)).toContain("slo-line");
  });
});

function find(uid: string): Dashboard {
  const dashboard = DASHBOARDS.find((candidate) => candidate.uid === uid);
  if (!dashboard) throw new Error(`no dashboard ${uid}`);
  return dashboard;
}

function rulesBroken(dashboard: Dashboard): string[] {
  return lintDashboard(dashboard, known).map(({ rule }) => rule);
}

function first(dashboard: Dashboard): PanelJson {
  return panelsOf(dashboard)[0]!;
}

function change(dashboard: Dashboard, to: Partial<PanelJson>): void {
  Object.assign(first(dashboard), to);
}

function unit(dashboard: Dashboard, value: string): void {
  first(dashboard).fieldConfig!.defaults!.unit = value;
}

function rename(dashboard: Dashboard, from: string, to: string): void {
  for (const variable of dashboard.templating.list ?? []) {
    if (variable.name === from) variable.name = to;
  }
}

function vary(dashboard: Dashboard, change: object): void {
  for (const variable of dashboard.templating.list ?? []) {
    if (variable.type === "query") Object.assign(variable, change);
  }
}
