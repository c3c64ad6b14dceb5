import { performance } from "node:perf_hooks";
import * as client from "prom-client";
import { CATALOGUE, type Catalogue } from "./catalogue.ts";
import {
  type CounterDeclaration,
  type Declaration,
  type GaugeDeclaration,
  type HistogramDeclaration,
  initialLabels,
  type LabelSets,
} from "./declaration.ts";

type Values<L extends LabelSets> = {
  [K in keyof L]: L[K] extends readonly (infer V)[] ? V : string;
};
type Add<L extends LabelSets> = keyof L extends never
  ? (value?: number) => void
  : (labels: Values<L>, value?: number) => void;
type Put<L extends LabelSets> = keyof L extends never
  ? (value: number) => void
  : (labels: Values<L>, value: number) => void;

export type Counter<L extends LabelSets> = { inc: Add<L> };
export type Histogram<L extends LabelSets> = { observe: Put<L> };
export type Gauge<L extends LabelSets> = {
  set: Put<L>;
  inc: Add<L>;
  dec: Add<L>;
  /** Calls `collect` before each scrape is answered, until the returned function is called. */
  collectWith(collect: () => void): () => void;
  /** Shows no value until the next `set`: none is better than one that is no longer known. */
  forget(): void;
};

type MetricOf<D> =
  D extends CounterDeclaration<infer L>
    ? Counter<L>
    : D extends GaugeDeclaration<infer L>
      ? Gauge<L>
      : D extends HistogramDeclaration<infer L>
        ? Histogram<L>
        : never;

type Camel<S extends string> = S extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : S;

export type App = "api" | "worker";
export type Rendered = { contentType: string; body: string };
export type Metrics = { [N in keyof Catalogue as Camel<N>]: MetricOf<Catalogue[N]> } & {
  render(): Promise<Rendered>;
};

/** prom-client's own gauges whose names end like a counter's, which no Prometheus tool accepts. */
const MISNAMED = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
];

/** One registry per call. Every metric the process must show exists from the first scrape on. */
export function createMetrics(app: App): Metrics {
  const registry = new client.Registry();
  client.collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);

  const byName: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries<Declaration>(CATALOGUE)) {
    const starts = declaration.app === app || declaration.app === "both";
    const initial = starts ? initialLabels(name, declaration) : [];
    byName[camelCase(name)] = create({ name, registry, initial }, declaration);
  }
  // The keys and shapes come from the same catalogue as the type.
  const metrics = byName as Omit<Metrics, "render">;
  measureEventLoop(metrics);
  return {
    ...metrics,
    render: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

type Place = {
  name: string;
  registry: client.Registry;
  initial: Record<string, string>[];
};

function create({ name, registry, initial }: Place, declaration: Declaration): unknown {
  const options = {
    name,
    help: declaration.help,
    labelNames: Object.keys(declaration.labels),
    registers: [registry],
  };
  switch (declaration.type) {
    case "counter": {
      const counter = new client.Counter(options);
      forgetImplicitZero(counter, options);
      for (const labels of initial) counter.inc(labels, 0);
      return counter;
    }
    case "histogram": {
      const histogram = new client.Histogram({ ...options, buckets: [...declaration.buckets] });
      forgetImplicitZero(histogram, options);
      for (const labels of initial) histogram.zero(labels);
      return histogram;
    }
    case "gauge": {
      const gauge = new CollectedGauge(options);
      forgetImplicitZero(gauge, options);
      for (const labels of initial) gauge.set(labels, 0);
      return gauge;
    }
  }
}

/** prom-client starts an unlabelled metric at zero, also where nobody would ever count in it. */
function forgetImplicitZero(metric: { remove(): void }, { labelNames }: { labelNames: string[] }) {
  if (labelNames.length === 0) metric.remove();
}

class CollectedGauge extends client.Gauge {
  readonly #options: { labelNames: string[] };
  #collectors = new Set<() => void>();

  constructor(options: { name: string; help: string; labelNames: string[] }) {
    super(options);
    this.#options = options;
  }

  forget(): void {
    this.reset();
    forgetImplicitZero(this, this.#options);
  }

  collect(): void {
    for (const collect of this.#collectors) collect();
  }

  collectWith(collect: () => void): () => void {
    this.#collectors.add(collect);
    return () => this.#collectors.delete(collect);
  }
}

function measureEventLoop(metrics: Omit<Metrics, "render">): void {
  let last = performance.eventLoopUtilization();
  metrics.nodejsEventloopUtilizationRatio.collectWith(() => {
    const now = performance.eventLoopUtilization();
    metrics.nodejsEventloopUtilizationRatio.set(
      performance.eventLoopUtilization(now, last).utilization,
    );
    last = now;
  });
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
