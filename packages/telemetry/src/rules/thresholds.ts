import { ALERTS, type Alert } from "#telemetry/alerts.ts";
import { type AlertingRule, dashboardUrl, type RuleGroup, runbookUrl } from "./rule.ts";

/** Broken seats are known within seconds, everything else within half a minute. */
const INVARIANTS_INTERVAL = "5s";
const INTERVAL = "30s";
const INVARIANTS: readonly string[] = ["CapacityInvariantBroken", "InvariantsUnchecked"];

export function thresholdGroups(): RuleGroup[] {
  const rules = Object.entries<Alert>(ALERTS).map(([name, alert]) => toRule(name, alert));
  return [
    {
      name: "invariants",
      interval: INVARIANTS_INTERVAL,
      rules: rules.filter((rule) => INVARIANTS.includes(rule.alert)),
    },
    {
      name: "thresholds",
      interval: INTERVAL,
      rules: rules.filter((rule) => !INVARIANTS.includes(rule.alert)),
    },
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
