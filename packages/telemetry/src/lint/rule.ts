import { toSeconds } from "#telemetry/rules/promql.ts";
import {
  type AlertingRule,
  type Rule,
  type RuleGroup,
  SCRAPE_SECONDS,
  SEVERITIES,
} from "#telemetry/rules/rule.ts";
import { lintExpression, type Problem } from "./expression.ts";
import type { Known } from "./known-series.ts";
import { type Expr, parse, parts, selectors } from "./promql.ts";

/** Fewer scrapes than this in a window and one lost scrape empties it. */
const SCRAPES_PER_WINDOW = 4;
const COMPARISONS = ["==", "!=", ">", "<", ">=", "<="];
/** Fires on purpose, always. */
const WATCHDOG = "Watchdog";

/** What cloudflare/pint would say about our rules, and our own ways. */
export function lintRules(groups: RuleGroup[], known: Known): Problem[] {
  const rules = groups.flatMap((group) => group.rules);
  return [
    ...rules.flatMap((rule) => lintRule(rule, known)),
    ...duplicates(rules.map(identity)).map((message) => ({ rule: "rule-duplicate", message })),
  ];
}

function lintRule(rule: Rule, known: Known): Problem[] {
  const found = lintExpression(rule.expr, known);
  if (!found.some((problem) => problem.rule === "promql-syntax")) {
    const expr = parse(rule.expr);
    found.push(...shortWindows(expr));
    if ("alert" in rule) found.push(...lintAlert(rule, expr));
  }
  return found.map((problem) => ({
    rule: problem.rule,
    message: `${identity(rule)}: ${problem.message}`,
  }));
}

function lintAlert(rule: AlertingRule, expr: Expr): Problem[] {
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(rule.annotations)) {
    if (text.trim() === "")
      problems.push({ rule: "alert-annotation", message: `${name} is empty` });
  }
  if (!SEVERITIES.some((severity) => severity === rule.labels.severity)) {
    problems.push({ rule: "alert-severity", message: String(rule.labels.severity) });
  }
  if (!rule.labels.team) problems.push({ rule: "alert-team", message: "belongs to nobody" });
  const compares = parts(expr).some(
    (part) =>
      (part.kind === "binary" && COMPARISONS.includes(part.op)) ||
      (part.kind === "call" && part.name === "absent"),
  );
  if (!compares && rule.alert !== WATCHDOG) {
    problems.push({ rule: "alert-comparison", message: "fires whenever there is a value" });
  }
  if (isRatio(expr) && !parts(expr).some((part) => part.kind === "binary" && part.op === "and")) {
    problems.push({ rule: "ratio-guard", message: "a ratio without a least number of events" });
  }
  return problems;
}

/** One rate over another: at low traffic a single event decides. */
function isRatio(expr: Expr): boolean {
  return parts(expr).some(
    (part) => part.kind === "binary" && part.op === "/" && rates(part.left) && rates(part.right),
  );
}

function rates(expr: Expr): boolean {
  return parts(expr).some((part) => part.kind === "call" && part.name === "rate");
}

function shortWindows(expr: Expr): Problem[] {
  return selectors(expr).flatMap(({ selector }) => {
    const { range } = selector;
    const short = range !== undefined && toSeconds(range) < SCRAPES_PER_WINDOW * SCRAPE_SECONDS;
    return short ? [{ rule: "rate-window", message: `${range} of ${selector.name}` }] : [];
  });
}

function identity(rule: Rule): string {
  const name = "alert" in rule ? `${rule.alert} ${rule.labels.severity}` : rule.record;
  return `${name} ${rule.labels?.slo ?? ""}`.trim();
}

function duplicates(names: string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
