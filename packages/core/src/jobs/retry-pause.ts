const FIRST_SECONDS = 10;
const GROWTH = 4;
const LONGEST_SECONDS = 2 * 3_600;

/**
 * How long a job rests after its attempts so far: a hiccup is over in seconds, an outage in hours.
 * Each row has its own share of chance, so that an outage's end is no stampede.
 */
export function retryPauseSeconds(attempts: number, chance: number = Math.random()): number {
  const longest = Math.min(FIRST_SECONDS * GROWTH ** attempts, LONGEST_SECONDS);
  return longest * (0.5 + chance / 2);
}
