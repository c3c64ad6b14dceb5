import type { REGISTRATION_ALERTS } from "#telemetry/registration-alerts.ts";
import type { AlertCase } from "./alert-case.ts";
import { attempts, LOOKING, looked, offers, STOPPED } from "./example-series.ts";

const ATTEMPTS = "registration_attempts_total";
const KEPT_WAITING = 'invariant_violations{name="free_seat_beside_waiting"}';

export const REGISTRATION_CASES = {
  RegistrationFailureRateHigh: {
    at: "10m",
    pendingAt: "2m",
    fires: { series: attempts("0+80x15", "0+20x15"), value: "20%" },
    silent: [
      attempts("0+95x15", "0+5x15"),
      attempts("0x6 1x9", "0x6 1x9"),
      { ...attempts("0+100x15", "0x15"), [`${ATTEMPTS}{outcome="full"}`]: "0+900x15" },
    ],
  },
  CapacityInvariantBroken: {
    at: "5m",
    fires: {
      series: { 'invariant_violations{name="seats_counter"}': "0x3 2x10" },
      labels: { name: "seats_counter" },
      value: "2",
    },
    // Nobody has looked since: that is no all-clear.
    alsoFires: [
      {
        series: { 'invariant_violations{name="seats_counter"}': "2x2 stale" },
        labels: { name: "seats_counter" },
        value: "2",
      },
    ],
    silent: [
      {
        'invariant_violations{name="seats_counter"}': "0x10",
        'invariant_violations{name="offers_overdue"}': "2x10",
        'invariant_violations{name="free_seat_beside_waiting"}': "2x10",
      },
    ],
  },
  FreeSeatBesideWaiting: {
    at: "5m",
    fires: { series: { [KEPT_WAITING]: "0x3 1x10" }, value: "1" },
    alsoFires: [{ series: { [KEPT_WAITING]: "1x2 stale" }, value: "1" }],
    silent: [{ [KEPT_WAITING]: "0x10", 'invariant_violations{name="seats_counter"}': "1x10" }],
  },
  OffersNotExpiring: {
    at: "10m",
    pendingAt: "2m",
    fires: { series: { 'invariant_violations{name="offers_overdue"}': "0 1x15" } },
    alsoFires: [{ series: offers("0+4x15", "0+2x15") }],
    silent: [
      { 'invariant_violations{name="offers_overdue"}': "0x15", ...offers("0+4x15", "0+4x15") },
      offers("0 0 1 2x12", "0x15"),
    ],
  },
  InvariantsUnchecked: {
    at: "16m",
    pendingAt: "4m",
    fires: { series: { 'up{job="worker"}': "1x20" }, labels: { look: "invariants" } },
    alsoFires: [
      {
        // The gauge still says 0, and the other looks go on.
        series: {
          'invariant_violations{name="seats_counter"}': "0x20",
          [looked("invariants")]: STOPPED,
          [looked("queues")]: LOOKING,
          [looked("outbox")]: LOOKING,
        },
      },
    ],
    silent: [
      { [looked("invariants")]: LOOKING },
      { [looked("invariants")]: STOPPED, [looked("invariants", "worker-2")]: LOOKING },
    ],
  },
} as const satisfies Record<keyof typeof REGISTRATION_ALERTS, AlertCase>;
