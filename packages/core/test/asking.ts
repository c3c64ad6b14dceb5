import type { Answers, Question } from "@tsudoi/shared/questions.ts";
import { asc, eq } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { events } from "#core/db/schema/events.ts";
import { registrations } from "#core/db/schema/registrations.ts";

/** Changes what an event asks, behind everyone's back. */
export async function askInstead(
  ctx: Context,
  event: { id: string },
  questions: Question[],
): Promise<void> {
  await ctx.db.update(events).set({ questions }).where(eq(events.id, event.id));
}

/** What was answered at an event, in the order of registering. */
export async function answersOf(ctx: Context, event: { id: string }): Promise<(Answers | null)[]> {
  const rows = await ctx.db
    .select({ answers: registrations.answers })
    .from(registrations)
    .where(eq(registrations.eventId, event.id))
    .orderBy(asc(registrations.number));
  return rows.map(({ answers }) => answers);
}
