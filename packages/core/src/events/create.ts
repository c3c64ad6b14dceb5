import { DomainError } from "@tsudoi/shared/errors.ts";
import type { CreateEventInput, Event } from "@tsudoi/shared/events.ts";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { categories } from "#core/db/schema/categories.ts";
import { eventOrganizers } from "#core/db/schema/event-organizers.ts";
import { events } from "#core/db/schema/events.ts";
import { users } from "#core/db/schema/users.ts";
import { transaction } from "#core/db/transaction.ts";
import { getEvent } from "./get-event.ts";

/** A draft that only its organisers see, owned by whoever makes it. */
export async function create(ctx: Context, input: CreateEventInput): Promise<Event> {
  authorise(ctx, "events.create");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const actor = authorise(tx, "events.create");
    await requireCategory(tx, actor, input.category);
    const eventId = await insertEvent(tx, actor, input);
    await tx.db.insert(eventOrganizers).values({
      organizationId: actor.organizationId,
      eventId,
      userId: actor.userId,
      role: "owner",
    });
    await recordAudit(tx, [
      {
        organizationId: actor.organizationId,
        actorId: actor.userId,
        action: "events.create",
        entity: "event",
        entityId: eventId,
      },
    ]);
    return getEvent(tx, { eventId });
  });
}

async function requireCategory(tx: Context, actor: UserActor, slug: string): Promise<void> {
  const found = await tx.db
    .select({ slug: categories.slug })
    .from(categories)
    .where(and(eq(categories.organizationId, actor.organizationId), eq(categories.slug, slug)));
  if (found.length > 0) return;
  throw new DomainError("VALIDATION", {
    issues: [{ path: "category", code: "unknown", message: "no category with this slug" }],
  });
}

async function insertEvent(
  tx: Context,
  actor: UserActor,
  input: CreateEventInput,
): Promise<string> {
  const [organizer] = await tx.db
    .select({ departmentId: users.departmentId })
    .from(users)
    .where(and(eq(users.organizationId, actor.organizationId), eq(users.id, actor.userId)));
  if (organizer === undefined) throw new DomainError("NOT_SIGNED_IN");
  const [row] = await tx.db
    .insert(events)
    .values({
      organizationId: actor.organizationId,
      createdBy: actor.userId,
      departmentId: organizer.departmentId,
      titleJa: input.title.ja,
      titleEn: input.title.en,
      descriptionJa: input.description.ja,
      descriptionEn: input.description.en,
      categorySlug: input.category,
      startsAt: new Date(input.startsAt),
      endsAt: new Date(input.endsAt),
      timeZone: input.timeZone,
      capacity: input.capacity,
      location: input.location || null,
      onlineUrl: input.onlineUrl ?? null,
      registrationOpensAt: input.registrationOpensAt
        ? new Date(input.registrationOpensAt)
        : tx.now(),
      registrationClosesAt: new Date(input.registrationClosesAt ?? input.startsAt),
      cancelUntil: input.cancelUntil ? new Date(input.cancelUntil) : null,
      waitlistMode: input.waitlistMode,
      approval: input.approval,
      questions: input.questions ?? [],
      answersUntil: input.answersUntil ? new Date(input.answersUntil) : null,
    })
    .returning({ id: events.id });
  if (row === undefined) throw new Error("the event row was not returned");
  return row.id;
}
