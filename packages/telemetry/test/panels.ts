import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { panelsOf } from "#telemetry/lint/dashboard.ts";
import { DASHBOARD_INTERVAL } from "#telemetry/lint/promql.ts";
import { type Prometheus, SCRAPE_SECONDS } from "./prometheus.ts";

export type Target = { dashboard: string; panel: string; expr: string; instant: boolean };
export type Looked = Target & { lines: number; finite: boolean };

/** Ten scrapes, as Grafana would never choose less than four. */
const RATE_SECONDS = 10 * SCRAPE_SECONDS;

/** Every question of every panel, folded rows included. */
export function targetsOf(dashboards: Dashboard[]): Target[] {
  return dashboards.flatMap((dashboard) =>
    panelsOf(dashboard).flatMap(({ title = "", targets = [] }) =>
      targets.map((target) => ({
        dashboard: dashboard.uid ?? "",
        panel: title,
        expr: target.expr ?? "",
        instant: target.instant === true,
      })),
    ),
  );
}

/** Asks what Grafana would ask, with every job and instance chosen. */
export async function look(prometheus: Prometheus, target: Target, seconds = 60): Promise<Looked> {
  const expr = target.expr
    .replaceAll(DASHBOARD_INTERVAL, `${RATE_SECONDS}s`)
    .replaceAll(/\$(job|instance)\b/g, ".+");
  const samples = target.instant
    ? await prometheus.instant(expr)
    : await prometheus.range(expr, seconds);
  const finite = samples.some(({ values }) => values.some(Number.isFinite));
  return { ...target, lines: samples.length, finite };
}

/** The questions to which this Prometheus has no finite answer. */
export async function emptyTargets(
  prometheus: Prometheus,
  dashboards: Dashboard[],
): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const target of targetsOf(dashboards)) looked.push(await look(prometheus, target));
  return looked.filter(({ finite }) => !finite);
}
