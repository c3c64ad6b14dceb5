import type { Row } from "./dashboard.ts";
import { chosen, p95, rate } from "./query.ts";

export const REGISTRATIONS: Row = {
  title: "Registrations and sign-ins",
  folded: true,
  panels: [
    {
      title: "Registrations a minute",
      description: "Attempts by how they ended; only error is a fault of ours.",
      unit: "short",
      queries: [
        {
          expr: `60 * sum by (outcome) (${rate("registration_attempts_total")})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Registrations in one transaction, p95",
      description: "How many people one commit answers; it grows when one event is rushed.",
      unit: "short",
      queries: [{ expr: p95("registration_batch_size"), legend: "p95" }],
    },
    {
      title: "Broken invariants",
      description: "Events whose seats contradict each other. Must be 0 at all times.",
      unit: "short",
      kind: "stat",
      width: 8,
      limit: { bad: "above", at: 1 },
      queries: [{ expr: `max by (name) (${chosen("invariant_violations")})`, legend: "{{name}}" }],
    },
    {
      title: "Repeated calls answered again",
      description: "Calls whose idempotency key had been answered before: double submits absorbed.",
      unit: "reqps",
      width: 8,
      queries: [
        {
          expr: `topk(10, sum by (rpc_method) (${rate("idempotency_replays_total")}))`,
          legend: "{{rpc_method}}",
        },
      ],
    },
    {
      title: "Live subscribers",
      description: "Open streams of live seats in all chosen processes.",
      unit: "short",
      width: 8,
      queries: [{ expr: `sum(${chosen("live_subscribers")})`, legend: "streams" }],
    },
    {
      title: "Live messages",
      description:
        "Messages a second to streams of live seats, and the statements behind them: these grow with the changes, never with the readers.",
      unit: "ops",
      width: 8,
      queries: [
        { expr: `sum(${rate("live_messages_total")})`, legend: "messages" },
        {
          expr: `sum by (outcome) (${rate("live_reads_total")})`,
          legend: "statements {{outcome}}",
        },
      ],
    },
    {
      title: "Live streams ended",
      description: "Streams a second by why they ended; slow is a reader that took nothing.",
      unit: "ops",
      width: 8,
      queries: [
        {
          expr: `sum by (reason) (${rate("live_streams_ended_total")})`,
          legend: "{{reason}}",
        },
      ],
    },
    {
      title: "Downloads",
      description:
        "Files handed out a minute by how they ended, and those under way; left is a reader that went away.",
      unit: "short",
      width: 8,
      queries: [
        { expr: `60 * sum by (outcome) (${rate("downloads_total")})`, legend: "{{outcome}}" },
        { expr: `sum(${chosen("downloads_active")})`, legend: "under way" },
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
