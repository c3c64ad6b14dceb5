import type { Series } from "./example-series.ts";

/** Something an SLO's rules must get right, beyond the cases every SLO has. */
export type Scenario = {
  name: string;
  slo: string;
  series: Series;
  alerts: AlertAt[];
  ratios: { window: string; at: string; value: number }[];
};

/** Without a value the alert must be silent. */
export type AlertAt = { alert: BurnAlert; at: string; value?: string };
export type BurnAlert = "SloErrorBudgetBurnFast" | "SloErrorBudgetBurnSlow";

type Phase = { perMinute: number; minutes: number };

const CALLS = "rpc_server_call_duration_seconds";
const OK = `${CALLS}_count{rpc_method="events.list",outcome="ok"}`;
const FAILED = `${CALLS}_count{rpc_method="events.list",outcome="server_error"}`;
const SHED = 'http_server_shed_total{reason="queue_time"}';

export const SCENARIOS: Scenario[] = [
  {
    name: "counts a refusal for load as a fault of ours",
    slo: "api-availability",
    series: { [OK]: "0+90x20", [FAILED]: "0x20", [SHED]: "0+10x20" },
    alerts: [],
    ratios: [{ window: "5m", at: "15m", value: 0.1 }],
  },
  {
    name: "takes a server error for slow, however fast it came",
    slo: "event-list-latency",
    series: {
      [`${CALLS}_count{rpc_method="events.list",outcome="rejected"}`]: "0+50x20",
      [`${CALLS}_bucket{rpc_method="events.list",outcome="rejected",le="0.3"}`]: "0+50x20",
      [FAILED]: "0+50x20",
      [`${CALLS}_bucket{rpc_method="events.list",outcome="server_error",le="0.3"}`]: "0+50x20",
    },
    alerts: [],
    ratios: [{ window: "5m", at: "15m", value: 0.5 }],
  },
];

/** Hours and days, told in steps of seven minutes: see windowTests. */
export const WINDOW_SCENARIOS: Scenario[] = [
  {
    name: "pages for a short burst by the hour alone, and is silent an hour later",
    slo: "api-availability",
    series: {
      [OK]: counter([good(357), { perMinute: 900, minutes: 21 }, good(92)]),
      [FAILED]: counter([none(357), { perMinute: 100, minutes: 21 }, none(92)]),
      [SHED]: counter([none(470)]),
    },
    alerts: [
      { alert: "SloErrorBudgetBurnFast", at: "364m" },
      { alert: "SloErrorBudgetBurnFast", at: "378m", value: "3.333%" },
      { alert: "SloErrorBudgetBurnFast", at: "448m" },
    ],
    ratios: [{ window: "6h", at: "378m", value: 0.006 }],
  },
  {
    // An average of ratios would say 0.4 %.
    name: "weighs a day by its events, not by its minutes",
    slo: "api-availability",
    series: {
      [OK]: counter([
        { perMinute: 1, minutes: 1380 },
        { perMinute: 540, minutes: 62 },
      ]),
      [FAILED]: counter([none(1380), { perMinute: 60, minutes: 62 }]),
      [SHED]: counter([none(1442)]),
    },
    alerts: [],
    ratios: [{ window: "1d", at: "1442m", value: 0.096 }],
  },
];

function good(minutes: number): Phase {
  return { perMinute: 1000, minutes };
}

function none(minutes: number): Phase {
  return { perMinute: 0, minutes };
}

/** A counter through phases, in promtool's notation. */
function counter(phases: Phase[]): string {
  let value = 0;
  return phases
    .map(({ perMinute, minutes }) => {
      const part = `${value}+${perMinute}x${minutes - 1}`;
      value += perMinute * minutes;
      return part;
    })
    .join(" ");
}
