import { errorBudget, type Slo } from "#telemetry/slo.ts";
import { exact, toSeconds } from "./promql.ts";
import {
  type AlertingRule,
  dashboardUrl,
  type RecordingRule,
  type RuleGroup,
  runbookUrl,
} from "./rule.ts";

export type BurnSeverity = "page" | "ticket";
export type Window = { severity: BurnSeverity; long: string; short: string; factor: number };

/** Google's SRE workbook, chapter 5: 2 % of a month's budget in an hour, 5 % in six, 10 % in one and three days. */
export const WINDOWS: readonly Window[] = [
  { severity: "page", long: "1h", short: "5m", factor: 14.4 },
  { severity: "page", long: "6h", short: "30m", factor: 6 },
  { severity: "ticket", long: "1d", short: "2h", factor: 3 },
  { severity: "ticket", long: "3d", short: "6h", factor: 1 },
];

const INTERVAL = "30s";
const LONGER_WINDOWS = ["30m", "1h", "2h", "6h", "1d", "3d", "30d"] as const;
/** A burn rate from fewer bad events than this is chance: at 14 events an hour one failure is 7 %. */
const FEWEST_BAD_EVENTS = 3;

/** Records the SLI of an SLO over every window and alerts on its burn rate, in evaluation order. */
export function burnRateGroup(slo: Slo): RuleGroup {
  assertReachable(slo);
  return {
    name: `slo-${slo.id}`,
    interval: INTERVAL,
    rules: [...recordings(slo), burnAlert(slo, "page"), burnAlert(slo, "ticket")],
  };
}

/** An objective so low that its burn rate cannot be exceeded would be a dead alert. */
function assertReachable(slo: Slo): void {
  for (const { factor } of WINDOWS) {
    if (factor * errorBudget(slo) >= 1) {
      throw new Error(`${slo.id}: ${factor} times its error budget is more than all events`);
    }
  }
}

/** Sums of rates are divided, never ratios averaged: a quiet hour must not outvote a busy one. */
function recordings(slo: Slo): RecordingRule[] {
  const labels = { slo: slo.id };
  const budget = errorBudget(slo);
  const record = (name: string, expr: string): RecordingRule => ({ record: name, expr, labels });
  return [
    record("slo:sli_total:rate5m", slo.total),
    record("slo:sli_bad:rate5m", `clamp_min(${slo.bad}, 0)`),
    record(
      "slo:sli_error:ratio_rate5m",
      `${of(slo, "slo:sli_bad:rate5m")} / (${of(slo, "slo:sli_total:rate5m")} > 0)`,
    ),
    ...LONGER_WINDOWS.map((window) =>
      record(
        `slo:sli_error:ratio_rate${window}`,
        `${sumOver(slo, "slo:sli_bad:rate5m", window)} / (${sumOver(slo, "slo:sli_total:rate5m", window)} > 0)`,
      ),
    ),
    record("slo:objective:ratio", `vector(${exact(slo.objective / 100)})`),
    record("slo:error_budget:ratio", `vector(${budget})`),
    record("slo:burn_rate:ratio_rate1h", `${of(slo, "slo:sli_error:ratio_rate1h")} / ${budget}`),
    record(
      "slo:error_budget_remaining:ratio_rate30d",
      `1 - ${of(slo, "slo:sli_error:ratio_rate30d")} / ${budget}`,
    ),
  ];
}

function burnAlert(slo: Slo, severity: BurnSeverity): AlertingRule {
  const pairs = WINDOWS.filter((window) => window.severity === severity);
  return {
    alert: severity === "page" ? "SloErrorBudgetBurnFast" : "SloErrorBudgetBurnSlow",
    expr: pairs.map((window) => burning(slo, window)).join("\nor\n"),
    for: severity === "page" ? "1m" : "5m",
    labels: { severity, slo: slo.id, team: slo.team },
    annotations: {
      summary: `${slo.id} spends its error budget too fast`,
      description: `${slo.objective} % of ${slo.promise}: {{ $value | humanizePercentage }} were not.`,
      runbook_url: runbookUrl(slo.runbook),
      dashboard_url: dashboardUrl("slo-overview"),
    },
  };
}

function burning(slo: Slo, { long, short, factor }: Window): string {
  const threshold = exact(factor * errorBudget(slo));
  const events = `${sumOver(slo, "slo:sli_total:rate5m", long)} * ${toSeconds(INTERVAL)}`;
  return [
    `(${of(slo, `slo:sli_error:ratio_rate${long}`)} > ${threshold}`,
    `and ${of(slo, `slo:sli_error:ratio_rate${short}`)} > ${threshold}`,
    `and ${events} >= ${fewestEvents(threshold)})`,
  ].join("\n  ");
}

/** Counted as rate times interval: an average times the window would page a service that is a minute old. */
function fewestEvents(threshold: number): number {
  return Math.ceil(exact(FEWEST_BAD_EVENTS / threshold));
}

function of(slo: Slo, series: string): string {
  return `${series}{slo="${slo.id}"}`;
}

function sumOver(slo: Slo, series: string, window: string): string {
  return `sum_over_time(${of(slo, series)}[${window}])`;
}
