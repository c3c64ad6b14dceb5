import { createHash, randomBytes } from "node:crypto";

const SEED_BYTES = 32;

/** What a draw is drawn from: nobody can guess it, and its hash is told before. */
export function newDrawSeed(): string {
  return randomBytes(SEED_BYTES).toString("hex");
}

/** SHA-256 of the seed's bytes. */
export function drawHash(seed: string): string {
  return createHash("sha256").update(Buffer.from(seed, "hex")).digest("hex");
}
