import type { Procedure } from "@tsudoi/telemetry/names.ts";
import { CALLERS, type Caller, type World } from "./world.ts";

/** What is known of a procedure: an input that nothing is wrong with, who is told what for it, and its cost. */
export type Entry = {
  input: (world: World) => unknown;
  told: Row;
  /** The most statements that one call may take, transactions not counted. */
  statements: number;
};
export type MatrixOf<Feature extends string> = Record<
  Extract<Procedure, `${Feature}.${string}`>,
  Entry
>;

export type Row = Record<Caller, string>;

/** In the order of CALLERS: anonymous, member, organizer, owner, admin, elsewhere, disabled. */
export function row(...ends: [string, string, string, string, string, string, string]): Row {
  return Object.fromEntries(CALLERS.map((caller, index) => [caller, ends[index]])) as Row;
}

export const [no, ok] = ["NOT_SIGNED_IN", "ok"];
export const everyone = row(ok, ok, ok, ok, ok, ok, ok);
/** Reading goes on until the access token ends, 15 minutes at most, for whoever was disabled meanwhile. */
export const signedIn = row(no, ok, ok, ok, ok, ok, ok);
