import type { RegistrationFilter } from "@tsudoi/shared/registration-exports.ts";
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { departments } from "#core/db/schema/departments.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { users } from "#core/db/schema/users.ts";
import { inThisCall } from "#core/platform/call.ts";
import { refuseIfPast } from "#core/platform/deadline.ts";
import type { ExportedRow } from "./export-rows.ts";
import { matching } from "./matching.ts";

const PAGE = 500;

export type ExportScope = RegistrationFilter & { organizationId: string; eventId: string };
type Position = { number: number; id: string };

/**
 * Registrations in the order of their receipt numbers, a page at a time and each when it is asked for: no connection
 * is held between them, so who registers meanwhile is in the file or not, and everyone else is in it once.
 */
export function exportedRows(ctx: Context, scope: ExportScope): AsyncGenerator<ExportedRow> {
  return rowsOf(ctx, scope, inThisCall());
}

async function* rowsOf(
  ctx: Context,
  scope: ExportScope,
  inCall: ReturnType<typeof inThisCall>,
): AsyncGenerator<ExportedRow> {
  let after: Position | undefined;
  for (;;) {
    refuseIfPast(ctx.deadline);
    const page = await inCall(async () => await readPage(ctx, scope, after));
    for (const { departmentJa: ja, departmentEn: en, ...row } of page) {
      yield { ...row, department: ja === null || en === null ? null : { ja, en } };
    }
    after = page.at(-1);
    if (after === undefined || page.length < PAGE) return;
  }
}

function readPage({ db }: Context, scope: ExportScope, after: Position | undefined) {
  const waiting = db
    .select({
      id: registrations.id,
      position: sql<number>`(row_number() over (order by ${registrations.queueNo}))::int`.as(
        "position",
      ),
    })
    .from(registrations)
    .where(and(ofEvent(scope), eq(registrations.status, "waitlisted")))
    .as("waiting");
  return db
    .select({
      id: registrations.id,
      number: registrations.number,
      status: registrations.status,
      familyName: users.familyName,
      givenName: users.givenName,
      familyKana: users.familyKana,
      givenKana: users.givenKana,
      email: users.email,
      departmentJa: departments.nameJa,
      departmentEn: departments.nameEn,
      registeredAt: registrations.registeredAt,
      position: waiting.position,
      answers: registrations.answers,
      reason: registrations.reason,
    })
    .from(registrations)
    .innerJoin(
      users,
      and(
        eq(users.organizationId, registrations.organizationId),
        eq(users.id, registrations.userId),
      ),
    )
    .leftJoin(
      departments,
      and(
        eq(departments.organizationId, registrations.organizationId),
        eq(departments.id, registrations.departmentId),
      ),
    )
    .leftJoin(waiting, eq(waiting.id, registrations.id))
    .where(and(ofEvent(scope), matching(scope), beyond(after)))
    .orderBy(registrations.number, registrations.id)
    .limit(PAGE);
}

function ofEvent({ organizationId, eventId }: ExportScope): SQL | undefined {
  return and(eq(registrations.organizationId, organizationId), eq(registrations.eventId, eventId));
}

function beyond(after: Position | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  const { number, id } = after;
  return sql`(${registrations.number}, ${registrations.id}) > (${number}::int, ${id}::uuid)`;
}
