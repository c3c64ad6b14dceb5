import { createRandom } from "@tsudoi/shared/random.ts";

export type PlannedLoad = {
  /** How many people ask for a seat of this event. */
  registrations: number;
  capacity: number;
};

const SEED = 7;
/** Room sizes that people know. */
const CAPACITIES = [12, 16, 20, 24, 30, 40, 60, 80, 120, 200, 300, 500, 1_000] as const;
/** One event in this many is wanted by more people than it holds. */
const FULL_ONE_IN = 5;
const WANTED_BEYOND_CAPACITY = 1.15;

/**
 * Shares out registrations as interest is shared out: few events draw many people, many draw few.
 * No event gets more than there are people, and none of the registrations is left over.
 */
export function planLoad(options: {
  events: number;
  people: number;
  registrations: number;
}): PlannedLoad[] {
  const { events, people } = options;
  if (options.registrations > events * people)
    throw new RangeError("more registrations than places");
  const random = createRandom(SEED);
  const weights = Array.from({ length: events }, () => (1 - random()) ** -0.4);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const counts = weights.map((weight) =>
    Math.min(people, Math.floor((options.registrations * weight) / total)),
  );
  let left = options.registrations - counts.reduce((sum, count) => sum + count, 0);
  for (let index = 0; left > 0; index = (index + 1) % events) {
    const more = Math.min(left, people - (counts[index] ?? 0), Math.ceil(left / events));
    counts[index] = (counts[index] ?? 0) + more;
    left -= more;
  }
  return counts.map((registrations) => ({
    registrations,
    capacity: capacityFor(registrations, random),
  }));
}

function capacityFor(registrations: number, random: () => number): number {
  const isFull = random() < 1 / FULL_ONE_IN;
  const wanted = isFull ? registrations / WANTED_BEYOND_CAPACITY : registrations * (1.1 + random());
  if (isFull && registrations > 1) return Math.max(1, Math.floor(wanted));
  return CAPACITIES.find((capacity) => capacity >= wanted) ?? Math.ceil(wanted);
}
