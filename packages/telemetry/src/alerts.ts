import { type Alert, FEWEST_FAILURES, LIMITS, LOOKED_AT } from "./alert.ts";
import { REGISTRATION_ALERTS } from "./registration-alerts.ts";
import { le } from "./rules/promql.ts";

const CALLS = "rpc_server_call_duration_seconds";
const MAILS = "mail_send_duration_seconds";
const QUERIES = "db_client_operation_duration_seconds";

/** The conditions an operator must know about; what a promise costs is told by the burn rates. */
export const ALERTS = {
  ApiLatencyP95High: {
    expr: `histogram_quantile(0.95, sum by (le) (rate(${CALLS}_bucket{outcome!="client_error"}[5m]))) > 0.5
and sum(rate(${CALLS}_count[5m])) > 0.1`,
    for: "5m",
    severity: "page",
    team: "platform",
    summary: "The API is slow",
    description: "The 95th percentile over all procedures is {{ $value | humanizeDuration }}.",
    dashboard: "slo-overview",
  },
  ApiErrorRateHigh: {
    expr: `sum(rate(${CALLS}_count{outcome="server_error"}[3m])) / sum(rate(${CALLS}_count[3m])) > ${LIMITS.errorRate}
and sum(increase(${CALLS}_count{outcome="server_error"}[3m])) >= ${FEWEST_FAILURES}`,
    for: "3m",
    severity: "page",
    team: "platform",
    summary: "Procedure calls fail",
    description: "{{ $value | humanizePercentage }} of all calls end in a fault of ours.",
    dashboard: "slo-overview",
  },
  ...REGISTRATION_ALERTS,
  DbPoolUsageHigh: {
    expr: `max by (job, db) (
  sum by (job, instance, db) (rate(db_client_connection_use_time_seconds_sum[5m]))
  / (sum by (job, instance, db) (db_client_connection_max) > 0)
) > ${LIMITS.poolUse}`,
    for: "5m",
    severity: "ticket",
    team: "platform",
    summary: "A connection pool is nearly used up",
    description:
      "The {{ $labels.db }} pool of one {{ $labels.job }} process is {{ $value | humanizePercentage }} busy.",
    dashboard: "slo-overview",
  },
  DbPoolExhausted: {
    expr: "sum by (job, db) (increase(db_client_connection_timeouts_total[2m])) > 0",
    for: "1m",
    severity: "page",
    team: "platform",
    summary: "Callers get no database connection",
    description:
      "{{ $value | humanize }} callers of {{ $labels.job }} got no {{ $labels.db }} connection in two minutes.",
    dashboard: "slo-overview",
  },
  SlowQueries: {
    expr: `sum by (query) (increase(${QUERIES}_count[10m]))
- sum by (query) (increase(${QUERIES}_bucket{${le(1)}}[10m])) > 0`,
    severity: "ticket",
    team: "platform",
    summary: "Statements take longer than a second",
    description: "{{ $value | humanize }} statements of {{ $labels.query }} in ten minutes.",
    dashboard: "slo-overview",
  },
  CacheHitRateLow: {
    expr: `sum by (cache) (rate(cache_requests_total{result=~"hit|stale"}[15m]))
/ sum by (cache) (rate(cache_requests_total[15m])) < ${LIMITS.cacheHitRate}
and sum by (cache) (rate(cache_requests_total[15m])) > 1`,
    for: "15m",
    severity: "ticket",
    team: "platform",
    summary: "A cache does not help",
    description: "Only {{ $value | humanizePercentage }} of {{ $labels.cache }} look-ups are hits.",
    dashboard: "slo-overview",
  },
  RateLimiterFailingOpen: {
    expr: 'sum by (policy) (increase(ratelimit_decisions_total{decision="failed_open"}[5m])) > 0',
    for: "5m",
    severity: "ticket",
    team: "platform",
    summary: "A rate limit holds per process only",
    description:
      "{{ $value | humanize }} {{ $labels.policy }} decisions in five minutes were made without Redis.",
    dashboard: "slo-overview",
  },
  ProcessCpuHigh: {
    expr: `max by (job, instance) (rate(process_cpu_seconds_total[5m])) > ${LIMITS.cpu}`,
    for: "10m",
    severity: "ticket",
    team: "platform",
    summary: "A process is short of CPU",
    description:
      "{{ $labels.job }} at {{ $labels.instance }} uses {{ $value | humanizePercentage }} of a core.",
    dashboard: "slo-overview",
  },
  EventLoopLagHigh: {
    expr: `max by (job, instance) (nodejs_eventloop_lag_p99_seconds) > ${LIMITS.eventLoopLagSeconds}`,
    for: "5m",
    severity: "ticket",
    team: "platform",
    summary: "An event loop is blocked",
    description:
      "{{ $labels.job }} at {{ $labels.instance }} is {{ $value | humanizeDuration }} late at the 99th percentile.",
    dashboard: "slo-overview",
  },
  TargetDown: {
    // The changes are those of one that answers now and then, or crashes again and again; a slow start has one.
    expr: `up{job=~"api|worker"} == 0
or changes(up{job=~"api|worker"}[5m]) > 3`,
    for: "1m",
    severity: "page",
    team: "platform",
    summary: "A process does not answer",
    description:
      "{{ $labels.job }} at {{ $labels.instance }} cannot be scraped, or only now and then.",
    dashboard: "slo-overview",
  },
  TargetAbsent: {
    expr: 'absent(up{job="api"}) or absent(up{job="worker"})',
    for: "2m",
    severity: "page",
    team: "platform",
    summary: "A whole service has vanished",
    description: "Service discovery finds no {{ $labels.job }} process.",
    dashboard: "slo-overview",
  },
  QueueBacklogOld: {
    expr: `max by (queue) (time() - (queue_oldest_waiting_timestamp_seconds > 0)) > ${LIMITS.oldestJobSeconds}`,
    for: "5m",
    severity: "page",
    team: "platform",
    summary: "Jobs wait too long",
    description:
      "The oldest job of {{ $labels.queue }} has waited for {{ $value | humanizeDuration }}.",
    dashboard: "workers",
  },
  QueueDepthHigh: {
    expr: `max by (queue) (sum by (instance, queue) (queue_jobs{state=~"waiting|prioritized"})) > ${LIMITS.queueDepth}`,
    for: "10m",
    severity: "ticket",
    team: "platform",
    summary: "A queue is long",
    description: "{{ $value }} jobs wait in {{ $labels.queue }}.",
    dashboard: "workers",
  },
  QueueWithoutWorkers: {
    expr: "max by (queue) (queue_workers) == 0",
    for: "2m",
    severity: "page",
    team: "platform",
    summary: "Nobody serves a queue",
    description: "No worker is connected to {{ $labels.queue }}.",
    dashboard: "workers",
  },
  QueueStateUnknown: {
    expr: `time() - max by (look) (${LOOKED_AT}{look=~"queues|outbox"}) > 120
or absent(${LOOKED_AT}{look="queues"})
or absent(${LOOKED_AT}{look="outbox"})`,
    for: "1m",
    severity: "page",
    team: "platform",
    summary: "Queues or outbox are out of sight",
    description: "No worker has looked at the {{ $labels.look }} for one minute or more.",
    dashboard: "workers",
  },
  JobsDying: {
    expr: 'sum by (queue, job_name) (increase(job_attempts_total{outcome="dead"}[15m])) > 5',
    severity: "ticket",
    team: "platform",
    summary: "Jobs fail for good",
    description:
      "{{ $value | humanize }} {{ $labels.job_name }} jobs used up their attempts in 15 minutes.",
    dashboard: "workers",
  },
  JobsGivenUp: {
    expr: "max(outbox_dead_rows) > 0",
    // A worker that starts has not looked yet.
    keepFiringFor: "5m",
    severity: "ticket",
    team: "platform",
    summary: "Committed work was given up",
    description: "{{ $value }} outbox rows are dead, and nobody has run them again or closed them.",
    dashboard: "workers",
  },
  JobsStalling: {
    expr: "sum by (queue) (increase(job_stalled_total[15m])) > 2",
    severity: "ticket",
    team: "platform",
    summary: "Workers lose their jobs",
    description:
      "{{ $value | humanize }} jobs of {{ $labels.queue }} lost their lock in 15 minutes.",
    dashboard: "workers",
  },
  OutboxStuck: {
    // Rows that the queue refuses are put off by a second each time, and so never look old.
    expr: `time() - (max(outbox_oldest_pending_timestamp_seconds) > 0) > ${LIMITS.outboxSeconds}
or (
  sum(increase(outbox_published_total{outcome="error"}[2m])) > 0
  unless sum(increase(outbox_published_total{outcome="ok"}[2m])) > 0
)`,
    for: "2m",
    severity: "page",
    team: "platform",
    summary: "Committed work does not reach its queue",
    description: "Due rows of the outbox are not taken, or their queue refuses them.",
    dashboard: "workers",
  },
  MailFailureRateHigh: {
    expr: `sum(rate(${MAILS}_count{outcome!="ok"}[10m])) / sum(rate(${MAILS}_count[10m])) > 0.05
and sum(increase(${MAILS}_count{outcome!="ok"}[10m])) >= ${FEWEST_FAILURES}`,
    for: "5m",
    severity: "ticket",
    team: "notifications",
    summary: "Mails are not accepted",
    description: "{{ $value | humanizePercentage }} of deliveries to the mail server fail.",
    dashboard: "workers",
  },
  MailCircuitOpen: {
    // A server that takes the call and never answers is asked, half open, a third of the time. Where another worker
    // sends, the circuit of one that has had no mail since the trouble says nothing.
    expr: `max(circuit_breaker_state{dependency="mail",state=~"open|half_open"}) == 1
unless sum(increase(${MAILS}_count{outcome="ok"}[2m])) > 0`,
    for: "3m",
    severity: "page",
    team: "notifications",
    summary: "No mail is sent",
    description: "The circuit to the mail server is not closed, and no mail was taken; mails wait.",
    dashboard: "workers",
  },
  Watchdog: {
    expr: "vector(1)",
    severity: "none",
    team: "platform",
    summary: "Alerts arrive",
    description: "Always firing; whoever receives it raises the alarm when it stops.",
    dashboard: "slo-overview",
  },
} as const satisfies Record<string, Alert>;

export type AlertName = keyof typeof ALERTS;
