import type { Role } from "@tsudoi/shared/accounts.ts";
import type { Answers } from "@tsudoi/shared/questions.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { PgDatabase } from "drizzle-orm/pg-core";
import type { PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { Cache } from "#core/platform/cache.ts";
import type { Deadline } from "#core/platform/deadline.ts";
import type { Logger } from "#core/platform/log.ts";
import type { Tokens } from "#core/platform/tokens.ts";

/** What a verb may touch. */
export type Context = {
  db: Db;
  actor: Actor;
  now: () => Date;
  log: Logger;
  deadline: Deadline;
  seats: SeatArbiter;
  cache: Cache;
  tokens: Tokens;
  /** Where a process tells of itself; what a transaction did is counted once it is committed. */
  metrics?: Metrics | undefined;
  /** The client's key of the call, where it sent one. */
  idempotencyKey?: string | undefined;
  /** Puts off an effect that must not come before the commit of the outermost transaction; there only inside one. */
  afterCommit?: ((effect: () => void) => void) | undefined;
};

type Queries = PgDatabase<PostgresJsQueryResultHKT>;

/** The primary, or an open transaction on it. */
export type Db = Queries & {
  /** For reads that may lag behind the primary; inside a transaction, the transaction itself. */
  readonly replica: Queries;
};

export type Actor =
  | {
      kind: "user";
      userId: string;
      organizationId: string;
      role: Role;
      sessionId: string;
      /** When the token behind the call ends, and with it what lasts longer than a call. */
      expiresAt?: Date;
    }
  | { kind: "anonymous" }
  | { kind: "system"; organizationId?: string };

export type UserActor = Extract<Actor, { kind: "user" }>;

/** The one place of a process where seats of an event change hands. */
export type SeatArbiter = {
  submit(request: SeatRequest): Promise<SeatAnswer>;
  /** Another change of this event's seats, when those that were asked for before it have ended. */
  inTurn: <T>(event: EventRef, deadline: Deadline, work: () => Promise<T>) => Promise<T>;
};

type EventRef = { organizationId: string; eventId: string };

export type SeatRequest = {
  organizationId: string;
  eventId: string;
  userId: string;
  /** Where the caller has one: a session that has ended books nothing more. */
  sessionId?: string;
  answers?: Answers;
  idempotencyKey?: string;
  requestHash?: string;
  requestId?: string;
  deadline: Deadline;
};

export type SeatAnswer = Registered;
