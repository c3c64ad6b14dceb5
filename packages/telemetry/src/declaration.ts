/** A closed set of values, or, for names that live elsewhere in code, how many there can be. */
export type LabelValues = readonly string[] | { atMost: number };
export type LabelSets = Record<string, LabelValues>;

type Facts = {
  help: string;
  /** The process whose dashboards and alerts rely on it, where it therefore starts at zero. */
  app: "api" | "worker" | "both";
};

export type CounterDeclaration<L extends LabelSets = LabelSets> = Facts & {
  type: "counter";
  labels: L;
};

export type GaugeDeclaration<L extends LabelSets = LabelSets> = Facts & {
  type: "gauge";
  labels: L;
  /** `shared`: every replica exports the same fact of the whole system, so it is never summed over instances. */
  scope: "shared" | "instance";
};

export type HistogramDeclaration<L extends LabelSets = LabelSets> = Facts & {
  type: "histogram";
  labels: L;
  buckets: readonly number[];
};

export type Declaration = CounterDeclaration | GaugeDeclaration | HistogramDeclaration;

export function counter<const L extends LabelSets>(facts: Facts, labels: L): CounterDeclaration<L> {
  return { ...facts, type: "counter", labels };
}

export function gauge<const L extends LabelSets>(
  facts: Facts & { scope: "shared" | "instance" },
  labels: L,
): GaugeDeclaration<L> {
  return { ...facts, type: "gauge", labels };
}

export function histogram<const L extends LabelSets>(
  facts: Facts & { buckets: readonly number[] },
  labels: L,
): HistogramDeclaration<L> {
  return { ...facts, type: "histogram", labels };
}

/** The label sets a metric shows from the first scrape on: an absent series makes an SLO vanish silently. */
export function initialLabels(name: string, declaration: Declaration): Record<string, string>[] {
  if (!startsAtZero(name, declaration)) return [];
  let sets: Record<string, string>[] = [{}];
  for (const [label, values] of Object.entries(declaration.labels)) {
    if ("atMost" in values) return [];
    sets = sets.flatMap((set) => values.map((value) => ({ ...set, [label]: value })));
  }
  return sets;
}

/** Zero would be a lie for a fact that has to be read first, and 1970 for a timestamp. */
function startsAtZero(name: string, declaration: Declaration): boolean {
  if (declaration.type !== "gauge") return true;
  return declaration.scope === "instance" && !name.endsWith("_timestamp_seconds");
}

/** Upper bound of the series one process can export for a metric. */
export function seriesBound(declaration: Declaration): number {
  let sets = 1;
  for (const values of Object.values(declaration.labels)) {
    sets *= "atMost" in values ? values.atMost : values.length;
  }
  return declaration.type === "histogram" ? sets * (declaration.buckets.length + 3) : sets;
}
