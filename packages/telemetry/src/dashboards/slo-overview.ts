import { WINDOWS } from "#telemetry/rules/burn-rate.ts";
import { AVAILABILITY_FLOOR, LATENCY_TARGETS } from "#telemetry/slo.ts";
import { CALLS } from "./calls.ts";
import type { Plan, Row } from "./dashboard.ts";
import type { Panel } from "./panel.ts";
import { PROCESSES } from "./processes.ts";
import { goodShare, p95 } from "./query.ts";
import { STORES } from "./stores.ts";

const FASTEST_BURN = Math.max(...WINDOWS.map((window) => window.factor));
/** Below this share of its budget a promise stops all work that is not reliability. */
const BUDGET_RESERVE = 0.1;

const PROMISES: Row = {
  title: "Promises",
  folded: false,
  panels: [
    {
      title: "Error budget left (30 days)",
      description: "The share of the month's failures that may still happen, weighed by events.",
      unit: "percentunit",
      kind: "stat",
      width: 24,
      height: 5,
      limit: { bad: "below", at: BUDGET_RESERVE },
      queries: [{ expr: "slo:error_budget_remaining:ratio_rate30d", legend: "{{slo}}" }],
    },
    {
      title: "Burn rate (1 hour)",
      description: `1 spends the budget in exactly 30 days; ${FASTEST_BURN} for an hour pages.`,
      unit: "short",
      limit: { bad: "above", at: FASTEST_BURN },
      queries: [{ expr: "slo:burn_rate:ratio_rate1h", legend: "{{slo}}" }],
    },
    {
      title: "Firing alerts",
      description: "What fires now; its runbook is docs/runbooks/<name>.md.",
      unit: "short",
      kind: "table",
      queries: [
        {
          expr: 'sum by (alertname, severity, slo, team) (ALERTS{alertstate="firing"})',
          legend: "",
        },
      ],
    },
    latency(LATENCY_TARGETS.registration),
    latency(LATENCY_TARGETS.eventList),
    {
      title: "Availability (1 hour)",
      description: `Calls without a fault of ours. The red line is the floor of ${AVAILABILITY_FLOOR * 100} %.`,
      unit: "percentunit",
      width: 8,
      axis: { from: 0.99, to: 1 },
      limit: { bad: "below", at: AVAILABILITY_FLOOR },
      queries: [
        { expr: goodShare("api-availability"), legend: "available" },
        { expr: 'slo:objective:ratio{slo="api-availability"}', legend: "objective" },
      ],
    },
  ],
};

const BUDGETS: Row = {
  title: "Budgets",
  folded: true,
  panels: [
    {
      title: "Error budgets over time",
      description: "A falling line is a budget being spent; below zero the promise is broken.",
      unit: "percentunit",
      width: 24,
      axis: { from: 0, to: 1 },
      queries: [{ expr: "slo:error_budget_remaining:ratio_rate30d", legend: "{{slo}}" }],
    },
    share("Registration success (1 hour)", "registration-success"),
    share("Mail in time (1 hour)", "notification-timeliness"),
    share("Mail delivered (1 hour)", "notification-delivery"),
  ],
};

export const SLO_OVERVIEW: Plan = {
  uid: "slo-overview",
  title: "SLO overview",
  description:
    "For the engineer on call: is a promise to people being broken, how fast, and where to look next.",
  jobs: "api|worker",
  rows: [PROMISES, BUDGETS, CALLS, STORES, PROCESSES],
};

function latency(target: { procedure: string; seconds: number }): Panel {
  const calls = `rpc_method="${target.procedure}",outcome!="client_error"`;
  return {
    title: `${target.procedure} p95`,
    description: `95 of 100 calls are faster than the curve; the promise is ${target.seconds * 1000} ms.`,
    unit: "s",
    width: 8,
    limit: { bad: "above", at: target.seconds },
    queries: [{ expr: p95("rpc_server_call_duration_seconds", { where: calls }), legend: "p95" }],
  };
}

function share(title: string, slo: string): Panel {
  return {
    title,
    description: "The share of good events against the objective.",
    unit: "percentunit",
    width: 8,
    axis: { from: 0.9, to: 1 },
    queries: [
      { expr: goodShare(slo), legend: "good" },
      { expr: `slo:objective:ratio{slo="${slo}"}`, legend: "objective" },
    ],
  };
}
