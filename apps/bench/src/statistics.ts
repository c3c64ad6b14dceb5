/** The value that this share of the samples does not exceed; the samples are in ascending order. */
export function percentile(sorted: Float64Array, share: number): number {
  const rank = Math.ceil(share * sorted.length);
  return sorted[Math.max(0, rank - 1)] ?? Number.NaN;
}

export function sortedSamples(rounds: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(rounds.reduce((total, round) => total + round.length, 0));
  let at = 0;
  for (const round of rounds) {
    all.set(round, at);
    at += round.length;
  }
  return all.sort();
}

/** The middle one, or the lower of the two in the middle: always a value that was measured. */
export function median(values: readonly number[]): number {
  return percentile(Float64Array.from(values).sort(), 0.5);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
