import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { DRAW_OUTCOMES, type OfferEnd } from "@tsudoi/telemetry/names.ts";
import type { Context } from "#core/db/context.ts";
import type { Move } from "./seat-rules.ts";

/** The one place where moves of registrations are counted, once they are committed: what was undone never was. */
export function countMoves(tx: Context, moves: Move[]): void {
  const { metrics } = tx;
  if (metrics === undefined || moves.length === 0) return;
  const now = tx.now();
  tx.afterCommit?.(() => {
    for (const move of moves) countMove(metrics, move, now);
  });
}

function countMove(metrics: Metrics, { from, to, heldUntil }: Move, now: Date): void {
  if (from !== to) metrics.registrationMovesTotal.inc({ to });
  if (from === "waitlisted" && (to === "confirmed" || to === "offered")) {
    metrics.waitlistPromotionsTotal.inc({ outcome: to });
  }
  if (from === "offered")
    metrics.offersEndedTotal.inc({ outcome: END_OF_OFFER[to] ?? "cancelled" });
  if (to === "expired" && heldUntil !== null) {
    metrics.offerExpiryLagSeconds.observe((now.getTime() - heldUntil.getTime()) / 1_000);
  }
}

const END_OF_OFFER: Partial<Record<RegistrationStatus, OfferEnd>> = {
  confirmed: "accepted",
  declined: "declined",
  expired: "expired",
};

/** Whom an organiser brought in: nobody attempted anything, and nobody was anything before. */
export function countAdded(tx: Context, to: RegistrationStatus): void {
  tx.afterCommit?.(() => tx.metrics?.registrationMovesTotal.inc({ to }));
}

export type Drawn = { entrants: number; confirmed: number; waitlisted: number };

/** The draw moves everybody in one statement, and tells how many went where. */
export function countDrawn(tx: Context, { entrants, confirmed, waitlisted }: Drawn): void {
  const people = { confirmed, waitlisted, rejected: entrants - confirmed - waitlisted };
  tx.afterCommit?.(() => {
    for (const outcome of DRAW_OUTCOMES) {
      tx.metrics?.registrationMovesTotal.inc({ to: outcome }, people[outcome]);
      tx.metrics?.lotteryEntriesTotal.inc({ outcome }, people[outcome]);
    }
  });
}
