import { LIMITS } from "#telemetry/alert.ts";
import { MAIL_WAIT_TARGET_SECONDS } from "#telemetry/slo.ts";
import type { Plan, Row } from "./dashboard.ts";
import { chosen, p95, rate } from "./query.ts";

const OLDEST = chosen("queue_oldest_waiting_timestamp_seconds");
const OUTBOX_OLDEST = chosen("outbox_oldest_pending_timestamp_seconds");
const QUEUE = "{{queue}}";

const FLOW: Row = {
  title: "Flow",
  folded: false,
  panels: [
    {
      title: "Oldest waiting job",
      description: "How long the oldest job has waited, 0 when none does. Scale by this.",
      unit: "s",
      width: 8,
      limit: { bad: "above", at: LIMITS.oldestJobSeconds },
      queries: [
        {
          expr: `max by (queue) (clamp_min(time() - ${OLDEST}, 0) * (${OLDEST} > bool 0))`,
          legend: QUEUE,
        },
      ],
    },
    {
      title: "Outbox",
      description: "Due rows that no queue has yet: committed work that has not begun.",
      unit: "short",
      width: 8,
      queries: [{ expr: `max(${chosen("outbox_pending_rows")})`, legend: "pending" }],
    },
    {
      title: "Jobs",
      description: "By state; failed jobs have used up their attempts and wait for a person.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `max by (queue, state) (${chosen("queue_jobs", 'state=~"waiting|active|delayed|failed"')})`,
          legend: "{{queue}} {{state}}",
        },
      ],
    },
    {
      title: "Attempts",
      description:
        "A second, by outcome: done, to be tried again, refused by the mail server, given up.",
      unit: "ops",
      width: 8,
      queries: [
        {
          expr: `sum by (queue, outcome) (${rate("job_attempts_total")})`,
          legend: "{{queue}} {{outcome}}",
        },
      ],
    },
    {
      title: "Wait, p95",
      description: `From due to started; mail is promised within ${MAIL_WAIT_TARGET_SECONDS} s.`,
      unit: "s",
      width: 8,
      limit: { bad: "above", at: MAIL_WAIT_TARGET_SECONDS },
      queries: [{ expr: p95("job_wait_duration_seconds", { by: "queue" }), legend: QUEUE }],
    },
    {
      title: "Time in the handler, p95",
      description: "The work itself.",
      unit: "s",
      width: 8,
      queries: [{ expr: p95("job_process_duration_seconds", { by: "queue" }), legend: QUEUE }],
    },
  ],
};

const CAPACITY: Row = {
  title: "Capacity",
  folded: true,
  panels: [
    {
      title: "Since the last look",
      description:
        "At queues, outbox and invariants, by the worker that looked last. Where it grows, what the other panels say of them is going.",
      unit: "s",
      width: 24,
      queries: [
        {
          expr: `time() - max by (look) (${chosen("queue_collector_last_success_timestamp_seconds")})`,
          legend: "{{look}}",
        },
      ],
    },
    {
      title: "Workers connected",
      description: "0 means that nobody serves the queue.",
      unit: "short",
      queries: [{ expr: `max by (queue) (${chosen("queue_workers")})`, legend: QUEUE }],
    },
    {
      title: "Busy slots",
      description: "Jobs being worked on, on average: seconds in handlers a second.",
      unit: "short",
      queries: [
        {
          expr: `sum by (queue) (${rate("job_process_duration_seconds_sum")})`,
          legend: QUEUE,
        },
      ],
    },
    {
      title: "Overdue and stalled",
      description: "Delayed jobs past their time, and jobs whose worker lost its lock.",
      unit: "short",
      queries: [
        { expr: `max by (queue) (${chosen("queue_overdue_jobs")})`, legend: "overdue {{queue}}" },
        {
          expr: `sum by (queue) (increase(${chosen("job_stalled_total")}[$__rate_interval]))`,
          legend: "stalled {{queue}}",
        },
      ],
    },
    {
      title: "Statements per job, p95",
      description: "A line that grows with the data is a query per row.",
      unit: "short",
      queries: [{ expr: p95("job_db_queries", { by: "queue" }), legend: QUEUE }],
    },
    {
      title: "Failing jobs",
      description: "Attempts a second that did not end well, by job.",
      unit: "ops",
      width: 24,
      queries: [
        {
          expr: `topk(10, sum by (job_name, outcome) (${rate("job_attempts_total", 'outcome!="ok"')}))`,
          legend: "{{job_name}} {{outcome}}",
        },
      ],
    },
  ],
};

const OUTBOX_AND_MAIL: Row = {
  title: "Outbox and mail",
  folded: true,
  panels: [
    {
      title: "Oldest outbox row",
      description: "How long the oldest due row has waited for its queue, 0 when none does.",
      unit: "s",
      width: 8,
      limit: { bad: "above", at: LIMITS.outboxSeconds },
      queries: [
        {
          expr: `max(clamp_min(time() - ${OUTBOX_OLDEST}, 0) * (${OUTBOX_OLDEST} > bool 0))`,
          legend: "oldest",
        },
      ],
    },
    {
      title: "Given up",
      description:
        "Outbox rows that used up their attempts or could not be read, until somebody runs them again or closes them. Must be 0.",
      unit: "short",
      kind: "stat",
      width: 8,
      limit: { bad: "above", at: 1 },
      queries: [{ expr: `max(${chosen("outbox_dead_rows")})`, legend: "rows" }],
    },
    {
      title: "Outbox rows published",
      description: "A second, by outcome.",
      unit: "ops",
      width: 8,
      queries: [
        {
          expr: `sum by (outcome) (${rate("outbox_published_total")})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Mails",
      description: "A second, by what the mail server said: yes, not now, never.",
      unit: "ops",
      width: 8,
      queries: [
        {
          expr: `sum by (outcome) (${rate("mail_send_duration_seconds_count")})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Time to hand over a mail, p95",
      description: "The mail server's own speed, the ten slowest kinds.",
      unit: "s",
      width: 8,
      queries: [
        {
          expr: `topk(10, ${p95("mail_send_duration_seconds", { by: "template" })})`,
          legend: "{{template}}",
        },
      ],
    },
    {
      title: "Mail circuit",
      description: "1 for the state it is in; open means that mails wait.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `max by (state) (${chosen("circuit_breaker_state", 'dependency="mail"')})`,
          legend: "{{state}}",
        },
      ],
    },
  ],
};

export const WORKERS: Plan = {
  uid: "workers",
  title: "Workers and queues",
  description: "For on-call and capacity: does work arrive in time, and who does it.",
  jobs: "worker",
  rows: [FLOW, CAPACITY, OUTBOX_AND_MAIL],
};
