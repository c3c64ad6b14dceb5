import { valuesOf } from "./expression.ts";
import type { Known } from "./known-series.ts";
import { type Expr, operands, type Selector, selectors } from "./promql.ts";

const LIMITING = ["topk", "bottomk", "limitk"];

/** How many lines an expression can draw, whatever happens: the product of the label sets it keeps. */
export function lineBound(expr: Expr, known: Known): number {
  switch (expr.kind) {
    case "number":
      return 1;
    case "selector":
      return seriesBound(expr, Object.keys(known.get(expr.name)?.labels ?? {}), known);
    case "call":
      return callBound(expr, known);
    case "aggregate":
      return aggregateBound(expr, known);
    case "binary":
      return binaryBound(expr, known);
  }
}

function callBound(call: Extract<Expr, { kind: "call" }>, known: Known): number {
  if (call.name === "time" || call.name === "vector" || call.name === "absent") return 1;
  const bound = Math.max(...call.args.map((arg) => lineBound(arg, known)));
  if (call.name !== "histogram_quantile") return bound;
  const buckets = selectors(call).map(({ selector }) => known.get(selector.name)?.labels.le);
  const [boundaries] = buckets;
  return boundaries && "length" in boundaries ? bound / boundaries.length : bound;
}

function aggregateBound(aggregate: Extract<Expr, { kind: "aggregate" }>, known: Known): number {
  const inner = lineBound(aggregate.of, known);
  if (LIMITING.includes(aggregate.op)) {
    const limit = aggregate.parameter?.kind === "number" ? aggregate.parameter.value : inner;
    return Math.min(limit, inner);
  }
  const groups = selectors(aggregate.of).map(({ selector }) =>
    seriesBound(selector, aggregate.by, known),
  );
  return Math.min(inner, Math.max(1, ...groups));
}

/** Matched one to one, the smaller side decides; `or` adds the sides up. */
function binaryBound(binary: Extract<Expr, { kind: "binary" }>, known: Known): number {
  const [left, right] = operands(binary).map((side) => lineBound(side, known)) as [number, number];
  if (isScalar(binary.left)) return right;
  if (isScalar(binary.right) || binary.manyToOne) return left;
  if (binary.op === "or") return left + right;
  return binary.op === "unless" ? left : Math.min(left, right);
}

function isScalar(expr: Expr): boolean {
  if (expr.kind === "number") return true;
  if (expr.kind === "call") return expr.name === "time";
  return expr.kind === "binary" && isScalar(expr.left) && isScalar(expr.right);
}

function seriesBound(selector: Selector, labels: string[], known: Known): number {
  const declared = known.get(selector.name)?.labels ?? {};
  return labels.reduce((product, label) => {
    const values = declared[label];
    return values ? product * valuesOf(label, selector.matchers, values) : product;
  }, 1);
}
