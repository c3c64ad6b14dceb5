import type { Look } from "#telemetry/names.ts";

/** promtool's notation, one value a minute: `0+10x20` starts at 0 and grows by 10 for 20 minutes. */
export type Series = Record<string, string>;

const CALLS = "rpc_server_call_duration_seconds";
const ATTEMPTS = "registration_attempts_total";
const MAILS = "mail_send_duration_seconds";
const QUERIES = "db_client_operation_duration_seconds";
const API = 'job="api",instance="api-1"';
/** A look that succeeds each minute, and one that has not for ten of fifteen. */
export const LOOKING = "0+60x20";
export const STOPPED = "0+60x5 300x15";

export function latency(perMinute: Record<string, number>): Series {
  const all = Math.max(...Object.values(perMinute));
  const event = 'rpc_method="events.list",outcome="ok"';
  const buckets = Object.entries({ ...perMinute, "+Inf": all });
  return {
    [`${CALLS}_count{${event}}`]: `0+${all}x20`,
    ...Object.fromEntries(
      buckets.map(([le, count]) => [`${CALLS}_bucket{${event},le="${le}"}`, `0+${count}x20`]),
    ),
  };
}

export function calls(good: string, bad: string): Series {
  return {
    [`${CALLS}_count{rpc_method="events.list",outcome="ok"}`]: good,
    [`${CALLS}_count{rpc_method="events.list",outcome="server_error"}`]: bad,
  };
}

export function attempts(good: string, bad: string): Series {
  return {
    [`${ATTEMPTS}{outcome="confirmed"}`]: good,
    [`${ATTEMPTS}{outcome="error"}`]: bad,
  };
}

export function pool(used: string): Series {
  return {
    [`db_client_connection_use_time_seconds_sum{${API},db="primary"}`]: used,
    [`db_client_connection_max{${API},db="primary"}`]: "10x15",
    [`db_client_connection_use_time_seconds_sum{${API},db="replica"}`]: "0x15",
    [`db_client_connection_max{${API},db="replica"}`]: "0x15",
  };
}

export function statements(all: string, withinOneSecond: string): Series {
  const query = 'db="primary",query="events.list",outcome="ok"';
  return {
    [`${QUERIES}_count{${query}}`]: all,
    [`${QUERIES}_bucket{${query},le="1"}`]: withinOneSecond,
  };
}

export function cache(hits: string, misses: string): Series {
  return {
    'cache_requests_total{cache="event_detail",result="hit"}': hits,
    'cache_requests_total{cache="event_detail",result="miss"}': misses,
  };
}

/** Two workers report the same queue: the fact must not be counted twice. */
export function depth(waiting: number, prioritized: number): Series {
  return Object.fromEntries(
    ["worker-1", "worker-2"].flatMap((instance) => [
      [`queue_jobs{instance="${instance}",queue="mail",state="waiting"}`, `${waiting}x20`],
      [`queue_jobs{instance="${instance}",queue="mail",state="prioritized"}`, `${prioritized}x20`],
    ]),
  );
}

export function mails(ok: string, failed: string): Series {
  const mail = 'template="registration_confirmed"';
  return {
    [`${MAILS}_count{${mail},outcome="ok"}`]: ok,
    [`${MAILS}_count{${mail},outcome="transient"}`]: failed,
  };
}

export function offers(ended: string, inTime: string): Series {
  return {
    offer_expiry_lag_seconds_count: ended,
    'offer_expiry_lag_seconds_bucket{le="60"}': inTime,
  };
}

export function published(ok: string, refused: string): Series {
  return {
    'outbox_published_total{outcome="ok"}': ok,
    'outbox_published_total{outcome="error"}': refused,
  };
}

export function circuit(open: string, halfOpen: string): Series {
  const state = (name: string) => `circuit_breaker_state{dependency="mail",state="${name}"}`;
  return { [state("open")]: open, [state("half_open")]: halfOpen };
}

export function looked(look: Look, instance = "worker-1"): string {
  return `queue_collector_last_success_timestamp_seconds{look="${look}",instance="${instance}"}`;
}
