import { LATENCY_TARGETS, type Slo } from "#telemetry/slo.ts";
import type { Series } from "./example-series.ts";

const CALLS = "rpc_server_call_duration_seconds";
const WAITS = "job_wait_duration_seconds";
const SEND = 'queue="mail",job_name="registrations.send-confirmation"';

/** One series that counts events of an SLO: the good ones, the bad ones, or both; all of them, or a share. */
type Counted = { series: string; counts: ("good" | "bad")[]; share?: number };

/** How good and bad events of each SLO show in the metrics, in the spelling of Prometheus 2 and of 3. */
function countedSeries(slo: Slo): Counted[] {
  const found = EVENTS[slo.id];
  if (!found) throw new Error(`no example events for the SLO ${slo.id}`);
  return found;
}

/** Good and bad events a minute, as counters of promtool. */
export function traffic(
  slo: Slo,
  perMinute: { good: number; bad: number; minutes: number },
): Series {
  return Object.fromEntries(
    countedSeries(slo).map(({ series, counts, share = 1 }) => {
      const step = share * counts.reduce((sum, kind) => sum + perMinute[kind], 0);
      return [series, `0+${step}x${perMinute.minutes}`];
    }),
  );
}

const EVENTS: Record<string, Counted[]> = {
  "api-availability": [
    { series: `${CALLS}_count{rpc_method="events.list",outcome="ok"}`, counts: ["good"] },
    { series: `${CALLS}_count{rpc_method="events.list",outcome="server_error"}`, counts: ["bad"] },
    { series: 'http_server_shed_total{reason="queue_time"}', counts: [] },
  ],
  ...latencyEvents(LATENCY_TARGETS.registration, { target: "0.5", tail: "1.0" }),
  ...latencyEvents(LATENCY_TARGETS.eventList, { target: "0.3", tail: "0.6" }),
  "registration-success": [
    { series: 'registration_attempts_total{outcome="confirmed"}', counts: ["good"] },
    { series: 'registration_attempts_total{outcome="error"}', counts: ["bad"] },
  ],
  "notification-timeliness": [
    { series: `${WAITS}_count{queue="mail"}`, counts: ["good", "bad"] },
    { series: `${WAITS}_bucket{queue="mail",le="60.0"}`, counts: ["good"] },
  ],
  "notification-delivery": [
    { series: `job_attempts_total{${SEND},outcome="ok"}`, counts: ["good"] },
    { series: `job_attempts_total{${SEND},outcome="dead"}`, counts: ["bad"], share: 0.5 },
    { series: `job_attempts_total{${SEND},outcome="refused"}`, counts: ["bad"], share: 0.5 },
    { series: `job_attempts_total{${SEND},outcome="retry"}`, counts: ["bad", "good"] },
  ],
};

/** Slow calls are bad, also in the spelling of Prometheus 3; what callers did wrong does not count. */
function latencyEvents(
  target: { id: string; procedure: string },
  boundary: { target: string; tail: string },
): Record<string, Counted[]> {
  const events = (le: string): Counted[] => {
    const of = `rpc_method="${target.procedure}"`;
    return [
      { series: `${CALLS}_count{${of},outcome="ok"}`, counts: ["good", "bad"] },
      { series: `${CALLS}_bucket{${of},outcome="ok",le="${le}"}`, counts: ["good"] },
      { series: `${CALLS}_count{${of},outcome="client_error"}`, counts: ["good", "bad"] },
    ];
  };
  return {
    [target.id]: events(boundary.target),
    [`${target.id}-tail`]: events(boundary.tail),
  };
}
