import express, { type Express } from "express";
import type { Sql } from "postgres";
import { requireBearer } from "#bench/reviewed/bearer.ts";
import type { Fix } from "./fixes.ts";

type Parts = {
  sql: Sql;
  /** Hands a message over to whoever sends mail later. */
  enqueue: (message: string) => Promise<unknown>;
  jwtSecret: string;
  fix: Fix;
};

/** The same route after the reviews: a fix for the count, and a queue in the mail's place. */
export function createRecommendedApp({ sql, enqueue, jwtSecret, fix }: Parts): Express {
  const app = express();
  app.use(express.json());
  app.post("/api/registrations", requireBearer(jwtSecret), async (request, response) => {
    const wanted = { eventId: request.body.event_id, userId: response.locals.userId };
    const registration = await fix(sql, wanted);
    if (registration === undefined) {
      response.status(409).json({ error: "the event is full" });
      return;
    }
    await enqueue(JSON.stringify({ type: "registration_confirmation", ...wanted }));
    response.status(201).json(registration);
  });
  return app;
}
