import { counter, type Declaration, gauge, histogram } from "./declaration.ts";
import * as names from "./names.ts";
import { REGISTRATION_METRICS } from "./registration-metrics.ts";

/** Every latency target (200, 300, 500 ms, 2 s) and its double is a boundary, so "95 % within X" is exact. */
const CALL_SECONDS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 1, 2, 4, 5, 10,
] as const;
const HTTP_SECONDS = [0.005, 0.025, 0.1, 0.3, 1, 5] as const;
const DB_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10] as const;
const REDIS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1] as const;
const JOB_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300] as const;
const WAIT_SECONDS = [0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 900, 3600] as const;
const STATEMENTS = [0, 1, 2, 3, 5, 8, 13, 21, 50, 100] as const;
const BYTES = [1024, 4096, 16_384, 65_536, 262_144, 1_048_576] as const;

/** Procedures, jobs and the few loops that run statements of their own. */
const QUERY_NAMES = { atMost: 80 } as const;

/** Every metric of the system. Nothing else may create one. */
export const CATALOGUE = {
  rpc_server_call_duration_seconds: histogram(
    {
      help: "Duration of one procedure call, each call of a batch apart.",
      app: "api",
      buckets: CALL_SECONDS,
    },
    { rpc_method: names.RPC_METHODS, outcome: names.CALL_OUTCOMES },
  ),
  rpc_server_errors_total: counter(
    { help: "Refused or failed procedure calls by reason.", app: "api" },
    { rpc_method: names.RPC_METHODS, code: names.ERROR_CODES },
  ),
  rpc_server_db_queries: histogram(
    { help: "Database statements of one procedure call.", app: "api", buckets: STATEMENTS },
    { rpc_method: names.RPC_METHODS },
  ),
  rpc_server_response_size_bytes: histogram(
    { help: "Size of one procedure's answer before compression.", app: "api", buckets: BYTES },
    { rpc_method: names.RPC_METHODS },
  ),
  http_server_request_duration_seconds: histogram(
    { help: "Duration of one HTTP request; a batch is one.", app: "api", buckets: HTTP_SECONDS },
    {
      method: names.HTTP_METHODS,
      route: names.HTTP_ROUTES,
      status_class: names.HTTP_STATUS_CLASSES,
    },
  ),
  http_server_active_requests: gauge(
    { help: "HTTP requests in flight.", app: "api", scope: "instance" },
    {},
  ),
  http_server_shed_total: counter(
    { help: "Requests refused with 503 before any procedure ran.", app: "api" },
    { reason: names.SHED_REASONS },
  ),
  ratelimit_decisions_total: counter(
    { help: "Decisions of the rate limiter.", app: "api" },
    { policy: names.RATE_LIMIT_POLICIES, decision: names.RATE_LIMIT_DECISIONS },
  ),
  auth_attempts_total: counter(
    { help: "Sign-in attempts by outcome.", app: "api" },
    { outcome: names.AUTH_OUTCOMES },
  ),
  idempotency_replays_total: counter(
    { help: "Calls answered from a stored answer of the same key.", app: "api" },
    { operation: names.PROCEDURES },
  ),
  ...REGISTRATION_METRICS,

  db_client_operation_duration_seconds: histogram(
    {
      help: "Duration of one statement, by the procedure or job that sent it.",
      app: "both",
      buckets: DB_SECONDS,
    },
    { db: names.DATABASES, query: QUERY_NAMES, outcome: ["ok", "error"] },
  ),
  db_client_connection_max: gauge(
    { help: "Connections the pool may open.", app: "both", scope: "instance" },
    { db: names.DATABASES },
  ),
  db_client_connections: gauge(
    { help: "Connections of the pool by state.", app: "both", scope: "instance" },
    { db: names.DATABASES, state: names.CONNECTION_STATES },
  ),
  db_client_connection_pending_requests: gauge(
    { help: "Callers waiting for a connection.", app: "both", scope: "instance" },
    { db: names.DATABASES },
  ),
  db_client_connection_wait_time_seconds: histogram(
    { help: "Time a caller waited for a connection.", app: "both", buckets: DB_SECONDS },
    { db: names.DATABASES },
  ),
  db_client_connection_use_time_seconds: histogram(
    { help: "Time a caller held a connection.", app: "both", buckets: DB_SECONDS },
    { db: names.DATABASES },
  ),
  db_client_connection_timeouts_total: counter(
    {
      help: "Callers who got no connection: waited too long or found the queue full.",
      app: "both",
    },
    { db: names.DATABASES },
  ),
  db_client_connections_opened_total: counter(
    { help: "Connections opened.", app: "both" },
    { db: names.DATABASES },
  ),
  cache_requests_total: counter(
    { help: "Cache look-ups by result.", app: "both" },
    { cache: names.CACHES, result: names.CACHE_RESULTS },
  ),
  cache_invalidations_total: counter(
    { help: "Cache entries dropped because their source changed.", app: "both" },
    { cache: names.CACHES },
  ),
  redis_client_command_duration_seconds: histogram(
    { help: "Round trip of one Redis command.", app: "both", buckets: REDIS_SECONDS },
    { role: names.REDIS_ROLES },
  ),
  redis_client_reconnects_total: counter(
    { help: "Redis connections made again after a loss.", app: "both" },
    { role: names.REDIS_ROLES },
  ),

  outbox_pending_rows: gauge(
    { help: "Due outbox rows not yet handed to a queue.", app: "worker", scope: "shared" },
    {},
  ),
  outbox_oldest_pending_timestamp_seconds: gauge(
    { help: "Due time of the oldest pending row, 0 when none.", app: "worker", scope: "shared" },
    {},
  ),
  outbox_dead_rows: gauge(
    {
      help: "Outbox rows given up and not closed by anybody since, counted to 1,000.",
      app: "worker",
      scope: "shared",
    },
    {},
  ),
  outbox_published_total: counter(
    { help: "Outbox rows handed to a queue.", app: "worker" },
    { outcome: ["ok", "error"] },
  ),
  queue_jobs: gauge(
    { help: "Jobs by state.", app: "worker", scope: "shared" },
    { queue: names.QUEUES, state: names.JOB_STATES },
  ),
  queue_oldest_waiting_timestamp_seconds: gauge(
    {
      help: "When the oldest waiting job became due, 0 when none.",
      app: "worker",
      scope: "shared",
    },
    { queue: names.QUEUES },
  ),
  queue_overdue_jobs: gauge(
    { help: "Delayed jobs whose time has passed.", app: "worker", scope: "shared" },
    { queue: names.QUEUES },
  ),
  queue_workers: gauge(
    { help: "Workers connected.", app: "worker", scope: "shared" },
    { queue: names.QUEUES },
  ),
  queue_collector_last_success_timestamp_seconds: gauge(
    {
      help: "When this worker last looked at what all of them share.",
      app: "worker",
      scope: "instance",
    },
    { look: names.LOOKS },
  ),
  job_attempts_total: counter(
    { help: "Job attempts: done, to be tried again, refused, given up.", app: "worker" },
    { queue: names.QUEUES, job_name: names.JOBS, outcome: names.ATTEMPT_OUTCOMES },
  ),
  job_stalled_total: counter(
    { help: "Jobs whose worker lost its lock.", app: "worker" },
    { queue: names.QUEUES },
  ),
  job_process_duration_seconds: histogram(
    { help: "Time in the handler.", app: "worker", buckets: JOB_SECONDS },
    { queue: names.QUEUES, outcome: ["ok", "error"] },
  ),
  job_wait_duration_seconds: histogram(
    { help: "Time from due to started.", app: "worker", buckets: WAIT_SECONDS },
    { queue: names.QUEUES },
  ),
  job_db_queries: histogram(
    { help: "Database statements of one job attempt.", app: "worker", buckets: STATEMENTS },
    { queue: names.QUEUES },
  ),
  mail_send_duration_seconds: histogram(
    { help: "One delivery to the mail provider.", app: "worker", buckets: JOB_SECONDS },
    { template: names.MAIL_TEMPLATES, outcome: names.MAIL_OUTCOMES },
  ),
  circuit_breaker_state: gauge(
    { help: "1 for the state the breaker is in.", app: "worker", scope: "instance" },
    { dependency: names.DEPENDENCIES, state: names.BREAKER_STATES },
  ),
  invariant_violations: gauge(
    { help: "Rows that break a rule of the domain; must be 0.", app: "worker", scope: "shared" },
    { name: names.INVARIANTS },
  ),

  app_build_info: gauge(
    { help: "Always 1; the labels tell what runs.", app: "both", scope: "instance" },
    { version: { atMost: 1 }, node: { atMost: 1 } },
  ),
  log_lines_total: counter(
    { help: "Log lines by level.", app: "both" },
    { level: names.LOG_LEVELS },
  ),
  nodejs_eventloop_utilization_ratio: gauge(
    {
      help: "Share of time the event loop was busy since the last scrape.",
      app: "both",
      scope: "instance",
    },
    {},
  ),
  shutdown_duration_seconds: gauge(
    {
      help: "Time since this process was told to stop, 0 while it serves.",
      app: "both",
      scope: "instance",
    },
    {},
  ),
} as const satisfies Record<string, Declaration>;

export type Catalogue = typeof CATALOGUE;
export type MetricName = keyof Catalogue;
