import { LIMITS } from "#telemetry/alert.ts";
import type { Plan, Row } from "./dashboard.ts";
import { LIVE } from "./live.ts";
import { chosen, p95, rate } from "./query.ts";

const SEATS: Row = {
  title: "Seats",
  folded: false,
  panels: [
    {
      title: "Registrations a minute",
      description: "Attempts by how they ended; only error is a fault of ours.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `60 * sum by (outcome) (${rate("registration_attempts_total")})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Waiting for a seat or an answer",
      description:
        "People of all events to come on a waitlist, and requests that no organiser has decided. A line that only grows is organisers who do not look.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `max by (state) (${chosen("upcoming_places", 'state=~"waiting|undecided"')})`,
          legend: "{{state}}",
        },
      ],
    },
    {
      title: "Broken invariants",
      description:
        "Events whose seats contradict each other, stay free beside people who wait, or are held for nobody. Must be 0 at all times.",
      unit: "short",
      kind: "stat",
      width: 8,
      limit: { bad: "above", at: 1 },
      queries: [{ expr: `max by (name) (${chosen("invariant_violations")})`, legend: "{{name}}" }],
    },
    {
      title: "Seats passed on",
      description: "People a minute who waited and got a seat, or the offer of it.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `60 * sum by (outcome) (${rate("waitlist_promotions_total")})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Offers ended",
      description:
        "A minute, by how. Many that expire are letters nobody reads in time: a longer offer, or seats given at once.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `60 * sum by (outcome) (${rate("offers_ended_total")})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Offers end late, p95",
      description:
        "From the end of an offer until somebody put the end to it; then the next has the seat.",
      unit: "s",
      width: 8,
      limit: { bad: "above", at: LIMITS.offerLagSeconds },
      queries: [{ expr: p95("offer_expiry_lag_seconds"), legend: "p95" }],
    },
  ],
};

const CHANGES: Row = {
  title: "Changes",
  folded: true,
  panels: [
    {
      title: "Why attempts end",
      description:
        "The share of each end; a full event and a second attempt are answers, not faults.",
      unit: "percentunit",
      width: 8,
      queries: [
        {
          expr: `sum by (outcome) (${rate("registration_attempts_total")}) / ignoring (outcome) group_left sum(${rate("registration_attempts_total")})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Registrations that moved",
      description:
        "A minute, by what they are now, those brought in by organisers included; other new ones are above.",
      unit: "short",
      width: 8,
      queries: [
        { expr: `60 * sum by (to) (${rate("registration_moves_total")})`, legend: "{{to}}" },
      ],
    },
    {
      title: "Seats of all events to come",
      description: "Taken, those held for an offer included, and free.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `max by (state) (${chosen("upcoming_places", 'state=~"taken|free"')})`,
          legend: "{{state}}",
        },
      ],
    },
    {
      title: "Entries drawn",
      description: "Entries a minute that a draw decided, by what the lot gave them.",
      unit: "short",
      width: 8,
      queries: [
        {
          expr: `60 * sum by (outcome) (${rate("lottery_entries_total")})`,
          legend: "{{outcome}}",
        },
      ],
    },
    {
      title: "Registrations in one transaction, p95",
      description: "How many people one commit answers; it grows when one event is rushed.",
      unit: "short",
      width: 8,
      queries: [{ expr: p95("registration_batch_size"), legend: "p95" }],
    },
    {
      title: "Repeated calls answered again",
      description: "Calls whose idempotency key had been answered before: double submits absorbed.",
      unit: "reqps",
      width: 8,
      queries: [
        {
          expr: `topk(10, sum by (operation) (${rate("idempotency_replays_total")}))`,
          legend: "{{operation}}",
        },
      ],
    },
    {
      title: "Mails by kind",
      description: "Letters a minute that the mail server took, the ten commonest kinds.",
      unit: "short",
      width: 24,
      queries: [
        {
          expr: `topk(10, 60 * sum by (template) (${rate("mail_send_duration_seconds_count", 'outcome="ok"')}))`,
          legend: "{{template}}",
        },
      ],
    },
  ],
};

export const REGISTRATIONS: Plan = {
  uid: "registrations",
  title: "Registrations",
  description:
    "For organisers' support and the engineer on call: do people get their seats, who waits and why, and do offers end when they say.",
  jobs: "api|worker",
  rows: [SEATS, CHANGES, LIVE],
};
