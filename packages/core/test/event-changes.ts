import { CreateEventInput } from "@tsudoi/shared/event-input.ts";
import { DAY, HOUR } from "@tsudoi/shared/time.ts";
import { sql } from "drizzle-orm";
import type { z } from "zod/mini";
import type { Context } from "#core/db/context.ts";

/** What an organiser fills in for an event of an hour tomorrow. */
export function anInput(
  overrides: Partial<z.input<typeof CreateEventInput>> = {},
): CreateEventInput {
  const startsAt = new Date(overrides.startsAt ?? Date.now() + DAY);
  return CreateEventInput.parse({
    title: { ja: "勉強会", en: "Study group" },
    startsAt: startsAt.toISOString(),
    endsAt: new Date(startsAt.getTime() + HOUR).toISOString(),
    timeZone: "Asia/Tokyo",
    capacity: 20,
    ...overrides,
  });
}

/** Whole rows, in the order of time: what a refused change must leave as it was. */
export async function rowsOf(ctx: Context, ids: string[]): Promise<Record<string, unknown>[]> {
  const rows = await ctx.db.execute<{ row: Record<string, unknown> }>(sql`
    select to_jsonb(events) as row from events
    where id = any(${sql.param(ids)}::uuid[]) order by starts_at, id`);
  return rows.map(({ row }) => row);
}

/** Which verbs the log has of an event, in order, and whose they were. */
export async function eventLog(ctx: Context, id: string) {
  const rows = await ctx.db.execute<{ action: string; actor_id: string | null }>(sql`
    select action, actor_id from audit_log where entity = 'event' and entity_id = ${id} order by id`);
  return rows.map((row) => ({ action: row.action, actorId: row.actor_id }));
}

/** Jobs of one name that are to run for an event, in order. */
export async function jobsFor(ctx: Context, { job, eventId }: { job: string; eventId: string }) {
  const rows = await ctx.db.execute<{ due_at: string }>(sql`
    select due_at from outbox where job = ${job} and payload ->> 'eventId' = ${eventId} order by id`);
  return rows.map((row) => row.due_at);
}

export const refusalOf = (call: Promise<unknown>): Promise<unknown> =>
  call.catch((error: unknown) => error);
