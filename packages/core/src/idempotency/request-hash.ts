import { createHash } from "node:crypto";

/** Same procedure and same parsed input give the same hash, whatever order the client wrote the keys in. */
export function requestHash(procedure: string, input: unknown): string {
  return createHash("sha256")
    .update(procedure)
    .update("\n")
    .update(JSON.stringify(input) ?? "")
    .digest("base64url");
}
