import { randomBytes } from "node:crypto";
import { createDatabase, type Database } from "#core/db/client.ts";
import type { Actor, Context, UserActor } from "#core/db/context.ts";
import { createCache } from "#core/platform/cache.ts";
import { deadlineIn } from "#core/platform/deadline.ts";
import { createLogger } from "#core/platform/log.ts";
import { parseSecrets } from "#core/platform/secrets.ts";
import { createTokens } from "#core/platform/tokens.ts";
import { createArbiter } from "#core/registrations/arbiter.ts";
import { noSeats } from "#core/registrations/no-seats.ts";
import { createTestDatabase } from "./database.ts";

const CALL_MS = 30_000;
/** A busy machine is slow, not wrong: whoever tests a time-out opens a database of their own. */
const PATIENT = {
  acquireMs: 20_000,
  lockMs: 15_000,
  statementMs: 20_000,
  answerMs: 25_000,
  idleInTransactionMs: 30_000,
  transactionMs: 30_000,
};

export type TestBed = AsyncDisposable & {
  url: string;
  database: Database;
  /** The system itself: for builders and for looking. */
  ctx: Context;
  /** The same process as somebody else sees it. */
  as: (actor: Actor) => Context;
  /** Moves the clock that every context of this bed reads. */
  setNow: (now: Date) => void;
};

/** A migrated database with one process's worth of context on it. */
export async function createTestBed(): Promise<TestBed> {
  const server = await createTestDatabase();
  const database = createDatabase({
    url: server.url,
    max: 5,
    applicationName: "test",
    timeouts: PATIENT,
  });
  const log = createLogger({ app: "test", level: "silent" });
  let clock: Date | undefined;
  const shared = {
    db: database.primary,
    now: () => clock ?? new Date(),
    log,
    cache: createCache({ log }),
    tokens: createTokens(parseSecrets(randomBytes(32).toString("base64url"))),
  };
  const seats = createArbiter({ context: { ...shared, actor: { kind: "system" } } });
  const as = (actor: Actor): Context => ({
    ...shared,
    seats,
    actor,
    deadline: deadlineIn(CALL_MS),
  });
  return {
    url: server.url,
    database,
    ctx: as({ kind: "system" }),
    as,
    setNow: (now) => {
      clock = now;
    },
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A context for builders and for looking, on any database. */
export function contextOn(database: Database): Context {
  const log = createLogger({ app: "test", level: "silent" });
  return {
    db: database.primary,
    actor: { kind: "system" },
    now: () => new Date(),
    log,
    deadline: deadlineIn(CALL_MS),
    cache: createCache({ log }),
    tokens: createTokens(parseSecrets(randomBytes(32).toString("base64url"))),
    seats: noSeats("this context gives no seats"),
  };
}

export function actorOf(user: {
  organizationId: string;
  id: string;
  role: UserActor["role"];
}): UserActor {
  return {
    kind: "user",
    organizationId: user.organizationId,
    userId: user.id,
    role: user.role,
    sessionId: "01890000-0000-7000-8000-000000000000",
  };
}
