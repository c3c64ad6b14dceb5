import { randomInt } from "node:crypto";
import { givenSeed } from "./config.ts";

/** What tests with a plan of chance draw it from; where one fails it prints this, and TEST_SEED draws the same again. */
export const seed = givenSeed ?? randomInt(1e9);

/** Mulberry32: the same seed gives the same numbers. */
export function createRandom(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
