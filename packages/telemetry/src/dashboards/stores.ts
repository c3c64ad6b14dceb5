import { LIMITS } from "#telemetry/alert.ts";
import type { Row } from "./dashboard.ts";
import { chosen, p95, rate } from "./query.ts";

const LOOKUPS = "cache_requests_total";

export const STORES: Row = {
  title: "Database, cache, Redis",
  folded: true,
  panels: [
    {
      title: "Pool use",
      description: "Share of the time that connections were held, in the busiest process.",
      unit: "percentunit",
      axis: { from: 0, to: 1 },
      limit: { bad: "above", at: LIMITS.poolUse },
      queries: [
        {
          expr: `max by (job, db) (sum by (job, instance, db) (${rate("db_client_connection_use_time_seconds_sum")}) / (sum by (job, instance, db) (${chosen("db_client_connection_max")}) > 0))`,
          legend: "{{job}} {{db}}",
        },
      ],
    },
    {
      title: "Waiting for a connection",
      description: "Callers in line now, and callers a second who got none. Both should be 0.",
      unit: "short",
      queries: [
        {
          expr: `sum by (job, db) (${chosen("db_client_connection_pending_requests")})`,
          legend: "waiting {{job}} {{db}}",
        },
        {
          expr: `sum by (job, db) (${rate("db_client_connection_timeouts_total")})`,
          legend: "given up {{job}} {{db}}",
        },
      ],
    },
    {
      title: "Time to get a connection, p95",
      description: "Grows before callers give up.",
      unit: "s",
      width: 8,
      queries: [
        { expr: p95("db_client_connection_wait_time_seconds", { by: "db" }), legend: "{{db}}" },
      ],
    },
    {
      title: "Connections in use",
      description: "At the moment of the scrape, over all processes.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `sum by (job, db) (${chosen("db_client_connections", 'state="used"')})`,
          legend: "{{job}} {{db}}",
        },
      ],
    },
    {
      title: "Connections opened",
      description: "Each costs PostgreSQL a process; more than a few a minute is churn.",
      unit: "ops",
      width: 8,
      queries: [
        {
          expr: `sum by (job, db) (${rate("db_client_connections_opened_total")})`,
          legend: "{{job}} {{db}}",
        },
      ],
    },
    {
      title: "Slowest statements, p95",
      description: "By the procedure or job that sends them.",
      unit: "s",
      queries: [
        {
          expr: `topk(10, ${p95("db_client_operation_duration_seconds", { by: "query" })})`,
          legend: "{{query}}",
        },
      ],
    },
    {
      title: "Database time",
      description: "Seconds of the database a second, by the procedure or job that takes them.",
      unit: "short",
      queries: [
        {
          expr: `topk(10, sum by (query) (${rate("db_client_operation_duration_seconds_sum")}))`,
          legend: "{{query}}",
        },
      ],
    },
    {
      title: "Cache hit rate",
      description: "Look-ups answered from the cache, stale answers included.",
      unit: "percentunit",
      axis: { from: 0, to: 1 },
      limit: { bad: "below", at: LIMITS.cacheHitRate },
      queries: [
        {
          expr: `sum by (cache) (${rate(LOOKUPS, 'result=~"hit|stale"')}) / (sum by (cache) (${rate(LOOKUPS)}) > 0)`,
          legend: "{{cache}}",
        },
      ],
    },
    {
      title: "Cache entries dropped",
      description: "Because their source changed.",
      unit: "ops",
      queries: [
        {
          expr: `sum by (cache) (${rate("cache_invalidations_total")})`,
          legend: "{{cache}}",
        },
      ],
    },
    {
      title: "Redis round trip, p95",
      description: "By what Redis is used for.",
      unit: "s",
      queries: [
        {
          expr: p95("redis_client_command_duration_seconds", { by: "role" }),
          legend: "{{role}}",
        },
      ],
    },
    {
      title: "Redis connections made again",
      description: "After a loss, a second.",
      unit: "ops",
      queries: [
        {
          expr: `sum by (role) (${rate("redis_client_reconnects_total")})`,
          legend: "{{role}}",
        },
      ],
    },
  ],
};
