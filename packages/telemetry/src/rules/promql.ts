/** Prometheus 3 writes the bucket boundary 2 as 2.0; an exact match would then find nothing. */
export function le(boundary: number): string {
  return Number.isInteger(boundary) ? `le=~"${boundary}(\\\\.0)?"` : `le="${boundary}"`;
}

/** A float as people write it: 0.0144, not 0.014400000000000001. */
export function exact(value: number): number {
  return Number(value.toPrecision(6));
}

const UNIT_SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

export function toSeconds(duration: string): number {
  const match = /^(\d+)([smhd])$/.exec(duration);
  if (!match) throw new Error(`not a duration: ${duration}`);
  return Number(match[1]) * UNIT_SECONDS[match[2] as keyof typeof UNIT_SECONDS];
}
