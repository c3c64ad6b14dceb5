import express, { type Express } from "express";
import type { Transporter } from "nodemailer";
import type { Sql } from "postgres";
import { requireBearer } from "./bearer.ts";
import {
  countRegistrations,
  findEvent,
  findEvents,
  findRegistrations,
  findUser,
  insertRegistration,
} from "./repositories.ts";

type Parts = { sql: Sql; mailer: Transporter; jwtSecret: string };

/**
 * The design that was reviewed, rebuilt from what its reviews say of it: seats are counted by reading every
 * registration, nothing holds the count still until the row is written, the mail is part of the request, and a
 * list has no pages but a query for each of its rows.
 */
export function createReviewedApp({ sql, mailer, jwtSecret }: Parts): Express {
  const app = express();
  app.use(express.json());
  app.post("/api/registrations", requireBearer(jwtSecret), async (request, response) => {
    const userId: string = response.locals.userId;
    const event = await findEvent(sql, request.body.event_id);
    if (event === undefined) {
      response.status(404).json({ error: "no such event" });
      return;
    }
    const registrations = await findRegistrations(sql, event.id);
    if (registrations.length >= event.capacity) {
      response.status(409).json({ error: "the event is full" });
      return;
    }
    const registration = await insertRegistration(sql, { eventId: event.id, userId });
    await sendConfirmation({ sql, mailer }, { userId, eventId: event.id });
    response.status(201).json(registration);
  });
  app.get("/api/events", requireBearer(jwtSecret), async (_request, response) => {
    const events = [];
    for (const event of await findEvents(sql)) {
      events.push({ ...event, registered: await countRegistrations(sql, event.id) });
    }
    response.json({ events });
  });
  app.get("/api/events/:id/registrations", requireBearer(jwtSecret), async (request, response) => {
    const registrations = [];
    for (const registration of await findRegistrations(sql, String(request.params.id))) {
      registrations.push({ ...registration, user: await findUser(sql, registration.user_id) });
    }
    response.json({ registrations });
  });
  return app;
}

/** Knows ids only, so it reads again what its caller has just read. */
async function sendConfirmation(
  { sql, mailer }: Pick<Parts, "sql" | "mailer">,
  { userId, eventId }: { userId: string; eventId: string },
): Promise<void> {
  const user = await findUser(sql, userId);
  const event = await findEvent(sql, eventId);
  await mailer.sendMail({
    from: "events@example.test",
    to: user?.email,
    subject: `Registered: ${event?.title}`,
    text: `${user?.name}, you are registered for ${event?.title} on ${event?.start_datetime.toISOString()}.`,
  });
}
