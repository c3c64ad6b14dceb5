import { answersEnd } from "@tsudoi/shared/answers.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Answers } from "@tsudoi/shared/questions.ts";
import {
  type ListMineInput,
  type MyRegistration,
  type MyRegistrationPage,
  receiptNumber,
} from "@tsudoi/shared/registrations.ts";
import { and, asc, desc, eq, gt, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { authorise } from "#core/auth/authorise.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { readCursor, TimeAndId, writeCursor } from "#core/db/cursor.ts";
import { categories } from "#core/db/schema/categories.ts";
import { departments } from "#core/db/schema/departments.ts";
import { events } from "#core/db/schema/events.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { ofCategory, ofDepartment, summaryColumns, toSummary } from "#core/events/columns.ts";
import { itsEvent } from "./joins.ts";
import { waitlistPosition } from "./waitlist-position.ts";

/** The caller's registrations: the next event first, or the last one where they look back. */
export async function listMine(ctx: Context, input: ListMineInput): Promise<MyRegistrationPage> {
  const actor = authorise(ctx, "events.browse");
  const isPast = input.when === "past";
  const order = isPast ? desc : asc;
  const rows = await selectMine(ctx, sql`null`)
    .where(
      and(
        isOwn(actor),
        input.statuses && inArray(registrations.status, input.statuses),
        isPast ? lte(events.endsAt, ctx.now()) : gt(events.endsAt, ctx.now()),
        after(input),
      ),
    )
    .orderBy(order(events.startsAt), order(registrations.id))
    .limit(input.limit + 1);
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => toMine(ctx, row)),
    nextCursor:
      rows.length > input.limit && last !== undefined
        ? writeCursor([last.startsAt.getTime(), last.registrationId])
        : null,
  };
}

/** One registration of the caller's own; anyone else's does not exist for them. */
export async function getRegistration(
  ctx: Context,
  input: { registrationId: string },
): Promise<MyRegistration> {
  const actor = authorise(ctx, "events.browse");
  const [row] = await selectMine(ctx, sql`${registrations.answers}`).where(
    and(isOwn(actor), eq(registrations.id, input.registrationId)),
  );
  if (row === undefined) throw new DomainError("NOT_FOUND");
  return toMine(ctx, row);
}

function selectMine(ctx: Context, answers: SQL<Answers | null>) {
  return ctx.db
    .select({
      ...summaryColumns,
      seq: events.seq,
      registrationId: registrations.id,
      registrationStatus: registrations.status,
      number: registrations.number,
      registeredAt: registrations.registeredAt,
      position: waitlistPosition,
      offerExpiresAt: registrations.offerExpiresAt,
      reason: registrations.reason,
      endedBy: registrations.endedBy,
      cancelUntil: events.cancelUntil,
      answersUntil: events.answersUntil,
      asks: sql<boolean>`${events.questions} <> '[]'`,
      answers,
    })
    .from(registrations)
    .innerJoin(events, itsEvent)
    .innerJoin(categories, ofCategory)
    .leftJoin(departments, ofDepartment);
}

type MineRow = Awaited<ReturnType<typeof selectMine>>[number];

function toMine(ctx: Context, row: MineRow): MyRegistration {
  return {
    id: row.registrationId,
    status: row.registrationStatus,
    number: receiptNumber(row.number),
    registeredAt: row.registeredAt.toISOString(),
    cancelUntil: (row.cancelUntil ?? row.startsAt).toISOString(),
    // Whoever follows the seats knows by it what one's place has not seen yet.
    event: { ...toSummary(ctx, row, { myStatus: row.registrationStatus }), seq: row.seq },
    ...(row.position === null ? {} : { position: row.position }),
    ...(row.offerExpiresAt === null ? {} : { offerExpiresAt: row.offerExpiresAt.toISOString() }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.endedBy === null ? {} : { endedBy: row.endedBy }),
    ...(row.asks ? { answersUntil: answersEnd(row).toISOString() } : {}),
    ...(row.answers === null ? {} : { answers: row.answers }),
  };
}

function isOwn(actor: UserActor): SQL | undefined {
  return and(
    eq(registrations.organizationId, actor.organizationId),
    eq(registrations.userId, actor.userId),
  );
}

function after(input: ListMineInput): SQL | undefined {
  if (input.cursor === undefined) return undefined;
  const [startsAt, id] = readCursor(input.cursor, TimeAndId);
  const start = new Date(startsAt);
  const beyond = input.when === "past" ? lt : gt;
  return or(
    beyond(events.startsAt, start),
    and(eq(events.startsAt, start), beyond(registrations.id, id)),
  );
}
