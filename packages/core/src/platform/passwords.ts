import { hash, verify } from "@node-rs/argon2";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { BulkheadRejectedError, bulkhead } from "cockatiel";

/** OWASP's floor for Argon2id, the library's default; a hash made with less is renewed at the next sign-in. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const CURRENT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** Hashing fills the thread pool that files and DNS share, so few run, and about a second's work waits. */
const RUNNING = 2;
const WAITING = 100;
const RETRY_AFTER_MS = 1_000;
const gate = bulkhead(RUNNING, WAITING);

/** Compared against when there is no account or no password, so that the answer takes the same work. */
const NOBODY =
  "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$nQ0bQsKqEWKlHTPVRlaAnBrrv8pWz4nZRPHCz7Ma1kU";

export function hashPassword(password: string): Promise<string> {
  return bounded(() => hash(password, PARAMETERS));
}

/** True for the right password; does exactly one hash on every path. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await bounded(() => verify(stored ?? NOBODY, password));
  return matches && stored !== null;
}

export function needsRehash(stored: string): boolean {
  return !stored.startsWith(CURRENT);
}

async function bounded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await gate.execute(work);
  } catch (error) {
    if (!(error instanceof BulkheadRejectedError)) throw error;
    throw new DomainError("OVERLOADED", { retryAfterMs: RETRY_AFTER_MS }, { cause: error });
  }
}
