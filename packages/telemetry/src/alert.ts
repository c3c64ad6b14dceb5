import type { Severity } from "./rules/rule.ts";
import type { Team } from "./slo.ts";

export type Alert = {
  expr: string;
  for?: string;
  /** How long it goes on once its condition is gone, where that may only mean that nobody has looked since. */
  keepFiringFor?: string;
  severity: Severity;
  team: Team;
  summary: string;
  /** What is wrong, with the number and the labels. */
  description: string;
  dashboard: "slo-overview" | "registrations" | "workers";
};

/** Numbers that an alert and the line in a panel share. */
export const LIMITS = {
  errorRate: 0.05,
  poolUse: 0.8,
  cacheHitRate: 0.7,
  cpu: 0.8,
  eventLoopLagSeconds: 0.2,
  oldestJobSeconds: 300,
  queueDepth: 1000,
  outboxSeconds: 120,
  offerLagSeconds: 60,
} as const;

/** Two of three alone are chance; a ratio pages only with this many failures behind it. */
export const FEWEST_FAILURES = 3;
/** When somebody last looked at what all processes share. */
export const LOOKED_AT = "queue_collector_last_success_timestamp_seconds";
