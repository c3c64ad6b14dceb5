import { LIMITS } from "#telemetry/alert.ts";
import type { Row } from "./dashboard.ts";
import { chosen, p95, rate } from "./query.ts";

const CALL = "rpc_server_call_duration_seconds";

export const CALLS: Row = {
  title: "Calls",
  folded: true,
  panels: [
    {
      title: "Busiest procedures",
      description: "Calls a second, each call of a batch apart.",
      unit: "reqps",
      queries: [
        {
          expr: `topk(10, sum by (rpc_method) (${rate(`${CALL}_count`)}))`,
          legend: "{{rpc_method}}",
        },
      ],
    },
    {
      title: "Slowest procedures, p95",
      description: "Where the time of callers goes.",
      unit: "s",
      queries: [
        {
          expr: `topk(10, ${p95(CALL, { by: "rpc_method", where: 'outcome!="client_error"' })})`,
          legend: "{{rpc_method}}",
        },
      ],
    },
    {
      title: "Calls that did not end well",
      description: "Share of all calls by outcome; server_error is a fault of ours.",
      unit: "percentunit",
      limit: { bad: "above", at: LIMITS.errorRate },
      queries: [
        {
          expr: `sum by (outcome) (${rate(`${CALL}_count`, 'outcome!="ok"')}) / ignoring (outcome) group_left () sum(${rate(`${CALL}_count`)})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Commonest reasons",
      description: "Refused and failed calls a second, by the reason the caller was told.",
      unit: "reqps",
      queries: [
        {
          expr: `topk(10, sum by (code) (${rate("rpc_server_errors_total")}))`,
          legend: "{{code}}",
        },
      ],
    },
    {
      title: "Statements per call, p95",
      description: "A line that grows with the data is a query per row.",
      unit: "short",
      queries: [
        {
          expr: `topk(10, ${p95("rpc_server_db_queries", { by: "rpc_method" })})`,
          legend: "{{rpc_method}}",
        },
      ],
    },
    {
      title: "Size of answers, p95",
      description: "A line that grows with the data is a list without pages.",
      unit: "bytes",
      queries: [
        {
          expr: `topk(10, ${p95("rpc_server_response_size_bytes", { by: "rpc_method" })})`,
          legend: "{{rpc_method}}",
        },
      ],
    },
    {
      title: "HTTP requests",
      description: "Requests a second; a batch is one and may hide a failure in a 207.",
      unit: "reqps",
      width: 8,
      queries: [
        {
          expr: `sum by (status_class) (${rate("http_server_request_duration_seconds_count")})`,
          legend: "{{status_class}}",
        },
      ],
    },
    {
      title: "In flight and refused for load",
      description: "Requests being answered, and refusals a second.",
      unit: "short",
      width: 8,
      queries: [
        { expr: `sum(${chosen("http_server_active_requests")})`, legend: "in flight" },
        {
          expr: `sum by (reason) (${rate("http_server_shed_total")})`,
          legend: "refused: {{reason}}",
        },
      ],
    },
    {
      title: "Rate limits",
      description:
        "Refusals a second by limit, and decisions a second that were made without Redis.",
      unit: "reqps",
      width: 8,
      queries: [
        {
          expr: `sum by (policy) (${rate("ratelimit_decisions_total", 'decision="limited"')})`,
          legend: "refused: {{policy}}",
        },
        {
          expr: `sum(${rate("ratelimit_decisions_total", 'decision="failed_open"')})`,
          legend: "without Redis",
        },
      ],
    },
    {
      title: "Sign-ins",
      description: "Attempts by outcome; many bad_credentials is somebody guessing.",
      unit: "reqps",
      width: 8,
      queries: [
        { expr: `sum by (outcome) (${rate("auth_attempts_total")})`, legend: "{{outcome}}" },
      ],
    },
  ],
};
