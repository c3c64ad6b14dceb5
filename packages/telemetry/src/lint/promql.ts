import { parser } from "@prometheus-io/lezer-promql";

/** PromQL as far as our rules must understand it; types are checked by promtool. */
export type Expr =
  | { kind: "number"; value: number }
  | { kind: "selector"; name: string; matchers: Matcher[]; range?: string }
  | { kind: "call"; name: string; args: Expr[] }
  | { kind: "aggregate"; op: string; by: string[]; parameter?: Expr; of: Expr }
  | { kind: "binary"; op: string; manyToOne: boolean; left: Expr; right: Expr };

export type Matcher = { label: string; op: "=" | "!=" | "=~" | "!~"; value: string };
export type Selector = Extract<Expr, { kind: "selector" }>;
/** A selector with everything around it, from the inside out. */
export type Located = { selector: Selector; around: Exclude<Expr, Selector>[] };

type Node = ReturnType<typeof parser.parse>["topNode"];

/** What Grafana would put in, told apart from anything a person would write. */
const RATE_INTERVAL = "8869990787ms";
export const DASHBOARD_INTERVAL = "$__rate_interval";

/** Throws a SyntaxError that names the place. */
export function parse(text: string): Expr {
  const source = text.replaceAll(DASHBOARD_INTERVAL, RATE_INTERVAL);
  const tree = parser.parse(source);
  tree.iterate({
    enter(node) {
      if (node.type.isError) throw new SyntaxError(`at ${node.from}: ${source}`);
    },
  });
  return convert(only(children(tree.topNode)), (node) => source.slice(node.from, node.to));
}

export function selectors(expr: Expr, around: Located["around"] = []): Located[] {
  if (expr.kind === "selector") return [{ selector: expr, around }];
  return operands(expr).flatMap((inner) => selectors(inner, [expr, ...around]));
}

export function operands(expr: Expr): Expr[] {
  switch (expr.kind) {
    case "number":
    case "selector":
      return [];
    case "call":
      return expr.args;
    case "aggregate":
      return expr.parameter ? [expr.parameter, expr.of] : [expr.of];
    case "binary":
      return [expr.left, expr.right];
  }
}

/** Every part of an expression, itself first. */
export function parts(expr: Expr): Expr[] {
  return [expr, ...operands(expr).flatMap(parts)];
}

type Text = (node: Node) => string;

function convert(node: Node, text: Text): Expr {
  switch (node.name) {
    case "NumberDurationLiteral":
      return { kind: "number", value: Number(text(node)) };
    case "ParenExpr":
      return convert(only(children(node)), text);
    case "OffsetExpr":
      return convert(children(node)[0] as Node, text);
    case "UnaryExpr":
      return convert(last(children(node)), text);
    case "VectorSelector":
      return { kind: "selector", name: nameOf(node, text), matchers: matchersOf(node, text) };
    case "MatrixSelector": {
      const [vector, duration] = children(node);
      const range = text(duration as Node).replace(RATE_INTERVAL, DASHBOARD_INTERVAL);
      return { ...(convert(vector as Node, text) as Selector), range };
    }
    case "FunctionCall": {
      const name = text(only(node.getChildren("FunctionIdentifier")));
      return { kind: "call", name, args: argumentsOf(node, text) };
    }
    case "AggregateExpr":
      return aggregate(node, text);
    case "BinaryExpr":
      return binary(node, text);
    default:
      throw new SyntaxError(`our rules do not know ${node.name}: ${text(node)}`);
  }
}

function aggregate(node: Node, text: Text): Expr {
  const args = argumentsOf(node, text);
  const modifier = node.getChild("AggregateModifier");
  if (modifier?.getChild("Without")) throw new SyntaxError("say by, not without");
  const labels = modifier?.getChild("GroupingLabels");
  return {
    kind: "aggregate",
    op: text(only(node.getChildren("AggregateOp"))),
    by: labels ? labels.getChildren("LabelName").map(text) : [],
    ...(args.length === 2 ? { parameter: args[0] as Expr } : {}),
    of: last(args),
  };
}

function binary(node: Node, text: Text): Expr {
  const inner = children(node);
  const matching = node.getChild("MatchingModifierClause");
  return {
    kind: "binary",
    op: text(inner[1] as Node),
    manyToOne: matching?.getChild("GroupLeft") != null,
    left: convert(inner[0] as Node, text),
    right: convert(last(inner), text),
  };
}

function argumentsOf(node: Node, text: Text): Expr[] {
  return children(only(node.getChildren("FunctionCallBody"))).map((child) => convert(child, text));
}

function nameOf(node: Node, text: Text): string {
  const name = node.getChild("Identifier");
  if (!name) throw new SyntaxError(`a selector without a name: ${text(node)}`);
  return text(name);
}

function matchersOf(node: Node, text: Text): Matcher[] {
  const list = node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? [];
  return list.map((matcher) => ({
    label: text(only(matcher.getChildren("LabelName"))),
    op: text(only(matcher.getChildren("MatchOp"))) as Matcher["op"],
    value: JSON.parse(text(only(matcher.getChildren("StringLiteral")))) as string,
  }));
}

function children(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

function only<T>(items: T[]): T {
  if (items.length !== 1) throw new SyntaxError(`expected one part, found ${items.length}`);
  return items[0] as T;
}

function last<T>(items: T[]): T {
  if (items.length === 0) throw new SyntaxError("expected a part, found none");
  return items.at(-1) as T;
}
