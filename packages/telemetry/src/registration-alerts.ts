import { type Alert, FEWEST_FAILURES, LIMITS, LOOKED_AT } from "./alert.ts";
import { le } from "./rules/promql.ts";

const ATTEMPTS = "registration_attempts_total";
const OFFERS = "offer_expiry_lag_seconds";

/** What goes wrong with seats and those who want them. */
export const REGISTRATION_ALERTS = {
  RegistrationFailureRateHigh: {
    expr: `sum(rate(${ATTEMPTS}{outcome="error"}[10m])) / sum(rate(${ATTEMPTS}{outcome!="limited"}[10m])) > 0.1
and sum(increase(${ATTEMPTS}{outcome="error"}[10m])) >= ${FEWEST_FAILURES}`,
    for: "2m",
    severity: "page",
    team: "registrations",
    summary: "Registrations fail",
    description:
      "{{ $value | humanizePercentage }} of registration attempts end in a fault of ours.",
    dashboard: "slo-overview",
  },
  CapacityInvariantBroken: {
    expr: 'max by (name) (invariant_violations{name=~"seats_.+"}) > 0',
    // By then InvariantsUnchecked has taken over.
    keepFiringFor: "15m",
    severity: "page",
    team: "registrations",
    summary: "Stored seats contradict each other",
    description: "{{ $value }} events break the invariant {{ $labels.name }}.",
    dashboard: "registrations",
  },
  FreeSeatBesideWaiting: {
    // What is counted has stood still for a minute already.
    expr: 'max(invariant_violations{name="free_seat_beside_waiting"}) > 0',
    keepFiringFor: "15m",
    severity: "page",
    team: "registrations",
    summary: "A seat stays free while somebody waits for one",
    description: "{{ $value }} events have a free seat beside people who wait.",
    dashboard: "registrations",
  },
  OffersNotExpiring: {
    // Offers that nobody ended yet, or that somebody ended late: whoever came first, and not the job.
    expr: `max(invariant_violations{name="offers_overdue"}) > 0
or sum(increase(${OFFERS}_count[15m])) - sum(increase(${OFFERS}_bucket{${le(LIMITS.offerLagSeconds)}}[15m])) > 2`,
    for: "2m",
    severity: "ticket",
    team: "registrations",
    summary: "Offered seats are held for too long",
    description: "Offers are over for more than a minute before anybody puts an end to them.",
    dashboard: "registrations",
  },
  InvariantsUnchecked: {
    expr: `time() - max(${LOOKED_AT}{look="invariants"}) > 300
or absent(${LOOKED_AT}{look="invariants"})`,
    for: "5m",
    severity: "ticket",
    team: "registrations",
    summary: "Nobody checks the invariants",
    description: "No worker has looked at the invariants for five minutes or more.",
    dashboard: "slo-overview",
  },
} as const satisfies Record<string, Alert>;
