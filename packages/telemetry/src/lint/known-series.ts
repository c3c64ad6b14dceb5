import { CATALOGUE } from "#telemetry/catalogue.ts";
import type { Declaration, LabelValues } from "#telemetry/declaration.ts";
import { createMetrics } from "#telemetry/metrics.ts";
import { type RuleGroup, SEVERITIES } from "#telemetry/rules/rule.ts";
import { SLOS } from "#telemetry/slo.ts";

/** What can be said about a series name: where it comes from and which labels it can have. */
export type KnownSeries = {
  /** The catalogue's name, without the suffixes of a histogram. */
  metric: string;
  kind: "counter" | "gauge" | "bucket" | "unknown";
  shared: boolean;
  labels: Record<string, LabelValues>;
  buckets?: readonly number[];
};

export type Known = ReadonlyMap<string, KnownSeries>;

const MANY = { atMost: Number.POSITIVE_INFINITY } as const;
const JOBS = ["api", "worker"] as const;
/** What Prometheus adds to everything it scrapes. */
const TARGET = { job: JOBS, instance: MANY } as const;

/** Every series that exists in our Prometheus: declared, recorded, or made by a tool we use. */
export async function knownSeries(groups: RuleGroup[]): Promise<Known> {
  const known = new Map<string, KnownSeries>();
  for (const name of await processMetrics()) {
    known.set(name, {
      ...plain(name, TARGET),
      kind: kindOf(name),
    });
  }
  for (const [name, declaration] of Object.entries<Declaration>(CATALOGUE)) {
    for (const [series, facts] of declared(name, declaration)) known.set(series, facts);
  }
  const rules = groups.flatMap((group) => group.rules);
  const slo = SLOS.map(({ id }) => id);
  for (const rule of rules) {
    if ("record" in rule) known.set(rule.record, { ...plain(rule.record, { slo }), kind: "gauge" });
  }
  known.set("up", plain("up", TARGET));
  const alertname = rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : []));
  known.set(
    "ALERTS",
    plain("ALERTS", {
      alertname: [...new Set(alertname)],
      alertstate: ["pending", "firing"],
      severity: SEVERITIES,
      slo,
      team: MANY,
    }),
  );
  return known;
}

function kindOf(name: string): KnownSeries["kind"] {
  return /_(total|bucket|sum|count)$/.test(name) ? "counter" : "gauge";
}

function declared(name: string, declaration: Declaration): [string, KnownSeries][] {
  const labels = { ...TARGET, ...declaration.labels };
  const facts = { metric: name, shared: false, labels };
  switch (declaration.type) {
    case "counter":
      return [[name, { ...facts, kind: "counter" }]];
    case "gauge":
      return [[name, { ...facts, kind: "gauge", shared: declaration.scope === "shared" }]];
    case "histogram": {
      const le = declaration.buckets.map(String);
      return [
        [`${name}_count`, { ...facts, kind: "counter" }],
        [`${name}_sum`, { ...facts, kind: "counter" }],
        [
          `${name}_bucket`,
          { ...facts, kind: "bucket", labels: { ...labels, le }, buckets: declaration.buckets },
        ],
      ];
    }
  }
}

function plain(metric: string, labels: Record<string, LabelValues>): KnownSeries {
  return { metric, kind: "unknown", shared: false, labels };
}

const HISTOGRAM_SERIES = ["_bucket", "_sum", "_count"];

/** What the runtime tells about itself, some of it only after its first garbage collection. */
async function processMetrics(): Promise<string[]> {
  const { body } = await createMetrics("api").render();
  return [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = "", type]) =>
    type === "histogram" ? HISTOGRAM_SERIES.map((suffix) => name + suffix) : [name],
  );
}
