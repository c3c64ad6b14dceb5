import type { LabelValues } from "#telemetry/declaration.ts";
import type { Known, KnownSeries } from "./known-series.ts";
import { type Expr, type Located, type Matcher, parse, parts, selectors } from "./promql.ts";

export type Problem = { rule: string; message: string };

const RATES = ["rate", "irate", "increase"];
/** An aggregation by these says something about one process at a time, or nothing about how many there are. */
const SUMS = ["sum", "count", "avg"];
/** Grafana's variables match anything. */
const VARIABLE = /^\$\w+$/;

/** What is wrong with an expression, wherever it stands: in a panel, a rule or a runbook. */
export function lintExpression(text: string, known: Known): Problem[] {
  let expr: Expr;
  try {
    expr = parse(text);
  } catch (error) {
    return [{ rule: "promql-syntax", message: String(error) }];
  }
  return [
    ...selectors(expr).flatMap((located) => lintSelector(located, known)),
    ...mistypedQuantiles(expr),
  ];
}

/** The declared names an expression looks at. */
export function metricsIn(text: string, known: Known): string[] {
  return selectors(parse(text)).map(
    ({ selector }) => known.get(selector.name)?.metric ?? selector.name,
  );
}

function lintSelector(located: Located, known: Known): Problem[] {
  const { selector } = located;
  const facts = known.get(selector.name);
  if (!facts) return [{ rule: "metric-declared", message: selector.name }];
  return [
    ...selector.matchers.flatMap((matcher) => lintMatcher(selector.name, matcher, facts)),
    ...lintCounter(located, facts),
    ...lintShared(located, facts),
  ];
}

function lintMatcher(name: string, matcher: Matcher, facts: KnownSeries): Problem[] {
  const { label, op, value } = matcher;
  const allowed = facts.labels[label];
  const shown = `${name}{${label}${op}"${value}"}`;
  if (!allowed) return [{ rule: "label-declared", message: shown }];
  if (VARIABLE.test(value)) return [];
  if (label === "le") return lintBoundary(value, facts, shown);
  if ("atMost" in allowed) return [];
  const alternatives = op === "=~" || op === "!~" ? value.split("|") : [value];
  const unknown = alternatives.filter((alternative) => !matchesSome(alternative, op, allowed));
  return unknown.map((alternative) => ({
    rule: "label-value",
    message: `${shown} matches no value by ${alternative}`,
  }));
}

function matchesSome(value: string, op: Matcher["op"], allowed: readonly string[]): boolean {
  if (op === "=" || op === "!=") return allowed.includes(value);
  const pattern = new RegExp(`^(?:${value})$`);
  return allowed.some((candidate) => pattern.test(candidate));
}

/** A boundary that is no bucket selects nothing; an integer must match both spellings of it. */
function lintBoundary(value: string, facts: KnownSeries, shown: string): Problem[] {
  const boundary = Number(value.replace("(\\.0)?", ""));
  if (!facts.buckets?.includes(boundary)) return [{ rule: "bucket-exists", message: shown }];
  const spellsBoth = value.endsWith("(\\.0)?");
  if (Number.isInteger(boundary) !== spellsBoth)
    return [{ rule: "bucket-spelling", message: shown }];
  return [];
}

function lintCounter({ selector, around }: Located, facts: KnownSeries): Problem[] {
  if (facts.kind !== "counter" && facts.kind !== "bucket") return [];
  const [closest] = around;
  const rated = closest?.kind === "call" && RATES.includes(closest.name);
  return rated ? [] : [{ rule: "counter-rate", message: `${selector.name} without rate` }];
}

/** Every replica exports a shared fact: a sum over instances would multiply it by their number. */
function lintShared({ selector, around }: Located, facts: KnownSeries): Problem[] {
  if (!facts.shared) return [];
  for (const outer of around) {
    if (outer.kind !== "aggregate") continue;
    if (!SUMS.includes(outer.op)) return [];
    if (!outer.by.includes("instance")) {
      return [{ rule: "shared-summed", message: `${outer.op} of ${selector.name} over instances` }];
    }
  }
  const absence = around.some((outer) => outer.kind === "call" && outer.name === "absent");
  return absence ? [] : [{ rule: "shared-summed", message: `${selector.name} once per instance` }];
}

function mistypedQuantiles(expr: Expr): Problem[] {
  return parts(expr).flatMap((part) => {
    if (part.kind !== "call" || part.name !== "histogram_quantile") return [];
    const [, of] = part.args;
    const keepsLe = of?.kind === "aggregate" && of.by.includes("le");
    return keepsLe
      ? []
      : [{ rule: "quantile-le", message: "histogram_quantile needs sum by (le)" }];
  });
}

/** How many values a label can take under the matchers of a selector. */
export function valuesOf(label: string, matchers: Matcher[], values: LabelValues): number {
  if ("atMost" in values) {
    const fixed = matchers.some((matcher) => matcher.label === label && matcher.op === "=");
    return fixed ? 1 : values.atMost;
  }
  const mine = matchers.filter(
    (matcher) => matcher.label === label && !VARIABLE.test(matcher.value),
  );
  return values.filter((value) => mine.every((matcher) => accepts(matcher, value))).length;
}

function accepts({ op, value: wanted }: Matcher, value: string): boolean {
  const equal = op === "=" || op === "!=" ? wanted === value : matchesSome(wanted, "=~", [value]);
  return op === "=" || op === "=~" ? equal : !equal;
}
