import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { seat } from "#test/config.ts";

// Below 32768 no outgoing connection is given its local port, so a free port stays free.
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
// What one file of tests has found free and not yet taken, the one beside it must not find.
const SHARES = 4;
const SHARE = (HIGHEST_PORT - LOWEST_PORT) / SHARES;
const FIRST_PORT = LOWEST_PORT + (seat % SHARES) * SHARE;
const MOST_TRIES = 50;

/** A loopback port that nothing listens on at the moment of the call. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const port = randomInt(FIRST_PORT, FIRST_PORT + SHARE);
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${FIRST_PORT} and ${FIRST_PORT + SHARE}.`);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}
