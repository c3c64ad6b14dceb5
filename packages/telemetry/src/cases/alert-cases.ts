import type { AlertName } from "#telemetry/alerts.ts";
import type { AlertCase } from "./alert-case.ts";
import {
  cache,
  calls,
  circuit,
  depth,
  LOOKING,
  latency,
  looked,
  mails,
  pool,
  published,
  STOPPED,
  statements,
} from "./example-series.ts";
import { REGISTRATION_CASES } from "./registration-alert-cases.ts";

const WAITING = "queue_oldest_waiting_timestamp_seconds";
const PENDING = "outbox_oldest_pending_timestamp_seconds";
/** One event every other minute: half of all, and yet chance. */
const RARE = "0 0 1 1 2 2 3 3 4 4 5 5 6 6 7";
const API = 'job="api",instance="api-1"';
const DEAD = 'queue="mail",job_name="registrations.send-confirmation",outcome="dead"';

export const ALERT_CASES = {
  ApiLatencyP95High: {
    at: "12m",
    pendingAt: "4m",
    fires: { series: latency({ "0.5": 50, "0.75": 100 }), value: "725ms" },
    silent: [latency({ "0.3": 0, "0.5": 99, "0.75": 100 }), latency({ "0.5": 1, "0.75": 2 })],
  },
  ApiErrorRateHigh: {
    at: "10m",
    pendingAt: "3m",
    fires: { series: calls("0+90x15", "0+10x15"), value: "10%" },
    silent: [calls("0+96x15", "0+4x15"), calls(RARE, RARE)],
  },
  ...REGISTRATION_CASES,
  DbPoolUsageHigh: {
    at: "12m",
    pendingAt: "4m",
    fires: { series: pool("0+540x15"), labels: { job: "api", db: "primary" }, value: "90%" },
    silent: [pool("0+420x15")],
  },
  DbPoolExhausted: {
    at: "6m",
    pendingAt: "1m",
    fires: {
      series: { [`db_client_connection_timeouts_total{${API},db="primary"}`]: "0+1x10" },
      labels: { job: "api", db: "primary" },
      value: "2",
    },
    silent: [{ [`db_client_connection_timeouts_total{${API},db="primary"}`]: "7x10" }],
  },
  SlowQueries: {
    at: "10m",
    fires: {
      series: statements("0+10x15", "0+8x15"),
      labels: { query: "events.list" },
      value: "20",
    },
    silent: [statements("0+10x15", "0+10x15")],
  },
  CacheHitRateLow: {
    at: "28m",
    pendingAt: "20m",
    fires: {
      series: cache("0+60x30", "0+60x30"),
      labels: { cache: "event_detail" },
      value: "50%",
    },
    silent: [cache("0+110x30", "0+10x30"), cache("0+1x30", "0+1x30")],
  },
  RateLimiterFailingOpen: {
    at: "8m",
    pendingAt: "4m",
    fires: {
      series: { 'ratelimit_decisions_total{policy="sign_in",decision="failed_open"}': "0+2x10" },
      labels: { policy: "sign_in" },
      value: "10",
    },
    silent: [
      {
        'ratelimit_decisions_total{policy="sign_in",decision="failed_open"}': "0x10",
        'ratelimit_decisions_total{policy="sign_in",decision="limited"}': "0+9x10",
      },
    ],
  },
  ProcessCpuHigh: {
    at: "15m",
    pendingAt: "9m",
    fires: {
      series: { [`process_cpu_seconds_total{${API}}`]: "0+54x20" },
      labels: { job: "api", instance: "api-1" },
      value: "90%",
    },
    silent: [{ [`process_cpu_seconds_total{${API}}`]: "0+42x20" }],
  },
  EventLoopLagHigh: {
    at: "8m",
    pendingAt: "4m",
    fires: {
      series: { [`nodejs_eventloop_lag_p99_seconds{${API}}`]: "0.25x10" },
      labels: { job: "api", instance: "api-1" },
      value: "250ms",
    },
    silent: [{ [`nodejs_eventloop_lag_p99_seconds{${API}}`]: "0.15x10" }],
  },
  TargetDown: {
    at: "5m",
    pendingAt: "2m",
    fires: {
      series: { [`up{${API}}`]: "1 1 0x10" },
      labels: { job: "api", instance: "api-1" },
    },
    alsoFires: [
      {
        series: { [`up{${API}}`]: "1 1 0 1 0 1 0 1" },
        labels: { job: "api", instance: "api-1" },
      },
    ],
    silent: [
      { [`up{${API}}`]: "1x2 0 1x10" },
      { [`up{${API}}`]: "0 0 1x10" },
      { [`up{${API}}`]: "1x10", 'up{job="other",instance="x"}': "0x10" },
    ],
  },
  TargetAbsent: {
    at: "5m",
    pendingAt: "1m",
    fires: { series: { [`up{${API}}`]: "1x10" }, labels: { job: "worker" } },
    silent: [{ [`up{${API}}`]: "1x10", 'up{job="worker",instance="w"}': "0x10" }],
  },
  QueueBacklogOld: {
    at: "20m",
    pendingAt: "8m",
    fires: {
      series: { [`${WAITING}{queue="mail"}`]: "1x25" },
      labels: { queue: "mail" },
      value: "19m 59s",
    },
    silent: [{ [`${WAITING}{queue="mail"}`]: "0x25" }, { [`${WAITING}{queue="mail"}`]: "1+60x25" }],
  },
  QueueDepthHigh: {
    at: "15m",
    pendingAt: "9m",
    fires: { series: depth(900, 300), labels: { queue: "mail" }, value: "1200" },
    silent: [depth(900, 90)],
  },
  QueueWithoutWorkers: {
    at: "5m",
    pendingAt: "1m",
    fires: { series: { 'queue_workers{queue="mail"}': "0x10" }, labels: { queue: "mail" } },
    silent: [
      {
        'queue_workers{queue="mail",instance="worker-1"}': "0x10",
        'queue_workers{queue="mail",instance="worker-2"}': "1x10",
      },
    ],
  },
  QueueStateUnknown: {
    at: "10m",
    pendingAt: "8m",
    fires: {
      series: { [looked("queues")]: STOPPED, [looked("outbox")]: LOOKING },
      labels: { look: "queues" },
    },
    alsoFires: [
      {
        series: { [looked("queues")]: LOOKING, [looked("outbox")]: STOPPED },
        labels: { look: "outbox" },
      },
      { series: { [looked("queues")]: LOOKING }, labels: { look: "outbox" } },
      { series: { [looked("outbox")]: LOOKING }, labels: { look: "queues" } },
    ],
    silent: [
      {
        [looked("queues")]: STOPPED,
        [looked("queues", "worker-2")]: LOOKING,
        [looked("outbox")]: LOOKING,
      },
    ],
  },
  JobsDying: {
    at: "15m",
    fires: {
      series: { [`job_attempts_total{${DEAD}}`]: "0+1x20" },
      labels: { queue: "mail", job_name: "registrations.send-confirmation" },
      value: "15",
    },
    silent: [{ [`job_attempts_total{${DEAD}}`]: "0 1 2 3 4x20" }],
  },
  JobsGivenUp: {
    at: "5m",
    fires: { series: { outbox_dead_rows: "0x2 1x10" }, value: "1" },
    silent: [{ outbox_dead_rows: "0x10" }],
  },
  JobsStalling: {
    at: "15m",
    fires: {
      series: { 'job_stalled_total{queue="mail"}': "0+1x20" },
      labels: { queue: "mail" },
      value: "15",
    },
    silent: [{ 'job_stalled_total{queue="mail"}': "0 1x20" }],
  },
  OutboxStuck: {
    at: "10m",
    pendingAt: "4m",
    fires: { series: { [PENDING]: "1x15" } },
    alsoFires: [{ series: { [PENDING]: "0+60x15", ...published("0x15", "0+40x15") } }],
    silent: [
      { [PENDING]: "0x15", ...published("0+40x15", "0x15") },
      { [PENDING]: "1+60x15", ...published("0+1x15", "0+40x15") },
    ],
  },
  MailFailureRateHigh: {
    at: "10m",
    pendingAt: "4m",
    fires: { series: mails("0+90x15", "0+10x15"), value: "10%" },
    silent: [mails("0+97x15", "0+3x15"), mails("0 0 1x13", "0 0 1x13")],
  },
  MailCircuitOpen: {
    at: "8m",
    pendingAt: "2m",
    fires: { series: circuit("1x10", "0x10") },
    alsoFires: [
      { series: circuit("1 1 0 1 1 0 1 1 0 1 1 0", "0 0 1 0 0 1 0 0 1 0 0 1") },
      { series: { ...circuit("1x10", "0x10"), ...mails("0+5x2 10x10", "0x2 0+1x10") } },
    ],
    silent: [
      circuit("0x10", "0x10"),
      { ...circuit("1x10", "0x10"), ...mails("0+1x10", "0x10") },
      circuit("1 1 0 0 1 1 0 0 1 1 0 0", "0 0 1 0 0 0 1 0 0 0 1 0"),
    ],
  },
  // It proves the path to the receiver by never being silent.
  Watchdog: { at: "1m", fires: { series: {} }, silent: [] },
} as const satisfies Record<AlertName, AlertCase>;
