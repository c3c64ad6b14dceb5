import type { Contender } from "#bench/contenders/contender.ts";
import type { Round } from "#bench/load/round.ts";
import { type Metered, runMetered } from "#bench/stage/meter.ts";
import type { Stage } from "#bench/stage/stage.ts";

/** What one contender did in one round, and what its database says about it. */
export type Played = Metered & {
  /** Answers that said yes. */
  confirmed: number;
  /** Answers that said full. */
  refused: number;
  /** Calls with any other answer, or none. */
  failed: number;
  capacity: number;
  /** Rows in the database, whatever was answered. */
  seats: number;
};

export type Rules = Pick<Round, "pace" | "calls" | "seconds" | "giveUpSeconds"> & {
  capacity: number;
};

const FULL = 409;

/** One round on an event that nobody has registered for. */
export async function play(stage: Stage, contender: Contender, rules: Rules): Promise<Played> {
  const { capacity, ...load } = rules;
  const eventId = await contender.openEvent(capacity);
  const metered = await runMetered(stage, contender, {
    ...load,
    ...contender.register(eventId),
    lines: stage.settings.callers,
    people: contender.people,
  });
  const seats = await contender.countSeats(eventId);
  stage.smtp.messages.length = 0;
  return { ...metered, ...countAnswers(metered), capacity, seats };
}

function countAnswers({ statuses, latencies }: Metered) {
  let confirmed = 0;
  let refused = 0;
  for (const [status, count] of Object.entries(statuses)) {
    if (status.startsWith("2")) confirmed += count;
    if (Number(status) === FULL) refused += count;
  }
  return { confirmed, refused, failed: latencies.length - confirmed - refused };
}
