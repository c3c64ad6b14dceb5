import type { Alert } from "#telemetry/alert.ts";
import { ALERTS } from "#telemetry/alerts.ts";
import { type AlertingRule, dashboardUrl, type RuleGroup, runbookUrl } from "./rule.ts";

/** Broken seats are known within seconds, everything else within half a minute. */
const INVARIANTS_INTERVAL = "5s";
const INTERVAL = "30s";
const INVARIANTS: readonly string[] = [
  "CapacityInvariantBroken",
  "FreeSeatBesideWaiting",
  "InvariantsUnchecked",
];

/** A group for what is looked at at once, and one for each dashboard that the rest leads to. */
export function thresholdGroups(): RuleGroup[] {
  const alerts = Object.entries<Alert>(ALERTS);
  const group = (name: string, interval: string, holds: (alert: [string, Alert]) => boolean) => ({
    name,
    interval,
    rules: alerts.filter(holds).map(([alert, what]) => toRule(alert, what)),
  });
  const isInvariant = (name: string) => INVARIANTS.includes(name);
  return [
    group("invariants", INVARIANTS_INTERVAL, ([name]) => isInvariant(name)),
    ...(["slo-overview", "registrations", "workers"] as const).map((dashboard) =>
      group(
        dashboard,
        INTERVAL,
        ([name, alert]) => alert.dashboard === dashboard && !isInvariant(name),
      ),
    ),
  ];
}

/** QueueBacklogOld is explained in queue-backlog-old.md. */
function kebabCase(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

function toRule(name: string, alert: Alert): AlertingRule {
  return {
    alert: name,
    expr: alert.expr,
    ...(alert.for === undefined ? {} : { for: alert.for }),
    ...(alert.keepFiringFor === undefined ? {} : { keep_firing_for: alert.keepFiringFor }),
    labels: { severity: alert.severity, team: alert.team },
    annotations: {
      summary: alert.summary,
      description: alert.description,
      runbook_url: runbookUrl(kebabCase(name)),
      dashboard_url: dashboardUrl(alert.dashboard),
    },
  };
}
