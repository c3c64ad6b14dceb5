import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { LATENCY_TARGETS } from "#telemetry/slo.ts";
import { lintExpression, type Problem } from "./expression.ts";
import type { Known } from "./known-series.ts";
import { lineBound } from "./line-bound.ts";
import { DASHBOARD_INTERVAL, parse, type Selector, selectors } from "./promql.ts";
import { fittingUnits } from "./unit.ts";

/** The parts of Grafana's classic model that our rules look at. */
export type PanelJson = {
  id?: number;
  type: string;
  title?: string;
  description?: string;
  collapsed?: boolean;
  gridPos?: { x: number; y: number; w: number; h: number };
  datasource?: { uid?: string };
  fieldConfig?: {
    defaults?: { unit?: string; thresholds?: { steps?: { value: number | null }[] } };
  };
  targets?: { refId?: string; expr?: string; instant?: boolean }[];
  panels?: PanelJson[];
};

type VariableJson = {
  name: string;
  type: string;
  label?: string;
  multi?: boolean;
  allValue?: string;
  refresh?: number;
  query?: unknown;
  datasource?: { uid?: string };
};

const OPEN_PANELS = 6;
const LINES = 12;
const COLUMNS = 24;
const ON_TIME_RANGE_CHANGE = 2;
const DATASOURCE = "$datasource";
/** Recorded over all processes, so there is no process to choose. */
const OVER_ALL = /^(slo:|ALERTS$)/;

/** The rules of grafana/dashboard-linter for Prometheus, and ours. */
export function lintDashboard(dashboard: Dashboard, known: Known): Problem[] {
  const panels = panelsOf(dashboard);
  return [
    ...lintFrame(dashboard),
    ...lintVariables(dashboard),
    ...lintLayout(dashboard),
    ...panels.flatMap((panel) => lintPanel(panel, known)),
  ].map(({ rule, message }) => ({ rule, message: `${dashboard.uid}: ${message}` }));
}

/** Every panel with data, folded ones included. */
export function panelsOf(dashboard: Dashboard): PanelJson[] {
  const all = (dashboard.panels ?? []) as PanelJson[];
  return all.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter(isPanel);
}

function lintFrame(dashboard: Dashboard): Problem[] {
  const problems: Problem[] = [];
  if (dashboard.editable !== false) {
    problems.push({ rule: "uneditable-dashboard", message: "can be edited in the browser" });
  }
  if (!dashboard.uid) problems.push({ rule: "dashboard-uid", message: "has no uid" });
  if (!dashboard.description) {
    problems.push({ rule: "dashboard-description", message: "does not say whom it is for" });
  }
  return problems;
}

function lintVariables(dashboard: Dashboard): Problem[] {
  const variables = (dashboard.templating?.list ?? []) as VariableJson[];
  const [source, ...more] = variables.filter(({ type }) => type === "datasource");
  const problems: Problem[] = [];
  if (source?.name !== "datasource" || source.label !== "Data source" || more.length > 0) {
    problems.push({ rule: "template-datasource-rule", message: "one variable named datasource" });
  }
  for (const name of ["job", "instance"]) {
    const variable = variables.find((candidate) => candidate.name === name);
    const right =
      variable?.type === "query" &&
      variable.label === name &&
      variable.multi &&
      variable.allValue === ".+" &&
      variable.datasource?.uid === DATASOURCE;
    if (!right) problems.push({ rule: `template-${name}-rule`, message: `variable ${name}` });
  }
  for (const variable of variables.filter(({ type }) => type === "query")) {
    problems.push(...lintQueryVariable(variable));
  }
  return problems;
}

function lintQueryVariable(variable: VariableJson): Problem[] {
  const problems: Problem[] = [];
  if (variable.refresh !== ON_TIME_RANGE_CHANGE) {
    problems.push({ rule: "template-on-time-change-reload-rule", message: variable.name });
  }
  const series = /^label_values\((.+), \w+\)$/.exec(String(variable.query))?.[1];
  try {
    parse(series ?? "");
  } catch (error) {
    problems.push({ rule: "template-label-promql-rule", message: `${variable.name}: ${error}` });
  }
  return problems;
}

function lintLayout(dashboard: Dashboard): Problem[] {
  const top = (dashboard.panels ?? []) as PanelJson[];
  const all = top.flatMap((panel) => [panel, ...(panel.panels ?? [])]);
  const problems: Problem[] = [];
  const open = top.filter(isPanel).length;
  if (open > OPEN_PANELS) problems.push({ rule: "open-panels", message: `${open} panels open` });
  if (new Set(all.map(({ id }) => id)).size !== all.length) {
    problems.push({ rule: "panel-id", message: "two panels have one id" });
  }
  for (const { title, gridPos } of all) {
    const fits = gridPos !== undefined && gridPos.x + gridPos.w <= COLUMNS;
    if (!fits) problems.push({ rule: "grid", message: `${title} leaves the grid` });
  }
  return problems;
}

function lintPanel(panel: PanelJson, known: Known): Problem[] {
  const problems: Problem[] = [];
  const add = (rule: string, message = "") => problems.push({ rule, message });
  if (!panel.title || !panel.description) add("panel-title-description-rule");
  if (panel.datasource?.uid !== DATASOURCE) add("panel-datasource-rule");
  if (!panel.fieldConfig?.defaults?.unit) add("panel-units-rule");
  if (!panel.targets?.length) add("panel-no-targets-rule");
  const lines = (panel.targets ?? []).reduce((sum, { expr = "" }) => {
    const found = lintTarget(panel, expr, known);
    problems.push(...found);
    return found.some(({ rule }) => rule === "promql-syntax")
      ? sum
      : sum + lineBound(parse(expr), known);
  }, 0);
  if (panel.type !== "table" && lines > LINES) add("line-count", `up to ${lines} lines`);
  return problems.map(({ rule, message }) => ({ rule, message: `${panel.title}: ${message}` }));
}

function lintTarget(panel: PanelJson, text: string, known: Known): Problem[] {
  const problems = lintExpression(text, known);
  if (problems.some(({ rule }) => rule === "promql-syntax")) return problems;
  const expr = parse(text);
  const unit = panel.fieldConfig?.defaults?.unit;
  const fitting = fittingUnits(expr);
  if (!fitting.some((candidate) => candidate === unit)) {
    problems.push({ rule: "unit-fits", message: `${unit}, expected ${fitting}` });
  }
  for (const { selector } of selectors(expr)) problems.push(...lintChoice(selector));
  return [...problems, ...lintPromisedLine(panel, text)];
}

function lintChoice(selector: Selector): Problem[] {
  const problems: Problem[] = [];
  const interval = selector.range;
  if (interval !== undefined && interval !== DASHBOARD_INTERVAL) {
    problems.push({ rule: "target-rate-interval-rule", message: interval });
  }
  if (OVER_ALL.test(selector.name)) return problems;
  for (const label of ["job", "instance"]) {
    const chosen = selector.matchers.some(
      (matcher) => matcher.label === label && matcher.op === "=~" && matcher.value === `$${label}`,
    );
    if (!chosen) problems.push({ rule: `target-${label}-rule`, message: selector.name });
  }
  return problems;
}

/** The line of a promised procedure is where its SLO says. */
function lintPromisedLine(panel: PanelJson, text: string): Problem[] {
  const target = Object.values(LATENCY_TARGETS).find(
    ({ procedure }) =>
      text.startsWith("histogram_quantile(0.95,") && text.includes(`rpc_method="${procedure}"`),
  );
  if (!target) return [];
  const lines = panel.fieldConfig?.defaults?.thresholds?.steps?.map(({ value }) => value) ?? [];
  return lines.includes(target.seconds)
    ? []
    : [{ rule: "slo-line", message: `no line at ${target.seconds} s` }];
}

function isPanel(panel: PanelJson): boolean {
  return panel.type !== "row";
}
