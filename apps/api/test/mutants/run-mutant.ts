import type { Context, SeatArbiter, SeatRequest } from "@tsudoi/core/db/context.ts";
import { createLogger } from "@tsudoi/core/platform/log.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { sql } from "drizzle-orm";
import { readConfig } from "#api/config.ts";
import { startApi } from "#api/start.ts";

type Db = Context["db"];

/** Gives a person a seat in a way that looks right; undefined when it thinks there is none. */
export type WrongWay = (db: Db, request: SeatRequest) => Promise<string | undefined>;

/** The whole API with one thing wrong: how a seat is claimed. */
export async function runMutant(claim: WrongWay): Promise<void> {
  const log = createLogger({ app: "mutant", level: "info" });
  const api = await startApi(readConfig(), {
    log,
    metrics: createMetrics("api"),
    makeSeats: ({ context }) => wrongSeats(context.db, claim),
  });
  log.info({ url: api.url, metrics_url: api.metricsUrl }, "listening");
  process.on("SIGTERM", () => process.exit(0));
}

function wrongSeats(db: Db, claim: WrongWay): SeatArbiter {
  return {
    inTurn: (_event, _deadline, work) => work(),
    async submit(request) {
      const id = await claim(db, request);
      if (id === undefined) throw new DomainError("SOLD_OUT");
      return {
        registration: { id, eventId: request.eventId, status: "confirmed", number: "0001" },
      };
    },
  };
}

export async function insertRow(
  db: Pick<Db, "execute">,
  request: SeatRequest,
): Promise<string | undefined> {
  const [row] = await db.execute<{ id: string }>(sql`
    insert into registrations (organization_id, event_id, user_id, status, seq, number)
    values (${request.organizationId}, ${request.eventId}, ${request.userId}, 'confirmed', 1, 1)
    returning id`);
  return row?.id;
}
