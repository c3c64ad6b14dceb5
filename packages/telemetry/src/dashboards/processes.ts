import { LIMITS } from "#telemetry/alert.ts";
import type { Row } from "./dashboard.ts";
import { chosen, rate } from "./query.ts";

const PROCESS = "{{job}} {{instance}}";

export const PROCESSES: Row = {
  title: "Processes",
  folded: true,
  panels: [
    {
      title: "CPU",
      description: "Cores used; one process cannot use much more than one.",
      unit: "percentunit",
      axis: { from: 0, to: 1 },
      limit: { bad: "above", at: LIMITS.cpu },
      queries: [{ expr: `topk(10, ${rate("process_cpu_seconds_total")})`, legend: PROCESS }],
    },
    {
      title: "Memory",
      description: "Resident memory; a line that only rises is a leak.",
      unit: "bytes",
      queries: [{ expr: `topk(10, ${chosen("process_resident_memory_bytes")})`, legend: PROCESS }],
    },
    {
      title: "Event loop delay, p99",
      description: "How late timers run; everything in the process waits as long.",
      unit: "s",
      limit: { bad: "above", at: LIMITS.eventLoopLagSeconds },
      queries: [
        { expr: `topk(10, ${chosen("nodejs_eventloop_lag_p99_seconds")})`, legend: PROCESS },
      ],
    },
    {
      title: "Event loop utilisation",
      description: "Share of time the loop was busy; near 1 the process is saturated.",
      unit: "percentunit",
      axis: { from: 0, to: 1 },
      queries: [
        { expr: `topk(10, ${chosen("nodejs_eventloop_utilization_ratio")})`, legend: PROCESS },
      ],
    },
    {
      title: "Log lines",
      description: "Warnings and worse, a second.",
      unit: "ops",
      width: 8,
      queries: [
        {
          expr: `sum by (job, level) (${rate("log_lines_total", 'level=~"warn|error|fatal"')})`,
          legend: "{{job}} {{level}}",
        },
      ],
    },
    {
      title: "Draining",
      description:
        "Seconds since a process was told to stop; it is forced at 20 (API) and 35 (worker).",
      unit: "s",
      width: 8,
      queries: [{ expr: `topk(10, ${chosen("shutdown_duration_seconds")})`, legend: PROCESS }],
    },
    {
      title: "Versions",
      description: "What runs now; more than one line per job is a roll-out.",
      unit: "short",
      kind: "table",
      width: 8,
      queries: [
        { expr: `count by (job, version, node) (${chosen("app_build_info")})`, legend: "" },
      ],
    },
  ],
};
