import type { Unit } from "#telemetry/dashboards/panel.ts";
import { type Expr, parts, selectors } from "./promql.ts";

const COUNTS: Unit[] = ["short", "ops", "reqps"];

/** The units in which the values of an expression can be read, or none where the rule knows nothing. */
export function fittingUnits(expr: Expr): Unit[] {
  if (isShare(expr)) return ["percentunit"];
  const names = selectors(expr).map(({ selector }) => selector.name);
  const rated = parts(expr).some(
    (part) => part.kind === "call" && (part.name === "rate" || part.name === "increase"),
  );
  if (rated && !isQuantile(expr)) {
    // Seconds of work a second are busy workers, or the share of one core.
    return names.every((name) => /_seconds(_sum|_total)$/.test(name))
      ? ["short", "percentunit"]
      : COUNTS;
  }
  return [...new Set(names.map(unitOfName))];
}

/** A division of vectors, also under an aggregation, is a share. */
function isShare(expr: Expr): boolean {
  if (expr.kind === "aggregate") return isShare(expr.of);
  return expr.kind === "binary" && expr.op === "/";
}

function isQuantile(expr: Expr): boolean {
  return parts(expr).some((part) => part.kind === "call" && part.name === "histogram_quantile");
}

function unitOfName(name: string): Unit {
  const base = name.replace(/_bucket$/, "");
  if (base.startsWith("slo:burn_rate:")) return "short";
  if (base.startsWith("slo:") || base.endsWith("_ratio")) return "percentunit";
  if (base.endsWith("_seconds")) return "s";
  return base.endsWith("_bytes") ? "bytes" : "short";
}
