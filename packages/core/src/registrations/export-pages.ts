import type { RegistrationFilter } from "@tsudoi/shared/registration-exports.ts";
import { and, type SQL, sql } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { departments } from "#core/db/schema/departments.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import { inThisCall } from "#core/platform/call.ts";
import { refuseIfPast } from "#core/platform/deadline.ts";
import type { ExportedRow } from "./export-rows.ts";
import { itsDepartment } from "./joins.ts";
import { matching } from "./matching.ts";
import { personOf } from "./person-of.ts";
import { placeIn } from "./place-in.ts";
import { readQueue } from "./read-queue.ts";
import { ofEvent } from "./waiting-places.ts";

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
  let queue: number[] | undefined;
  for (;;) {
    refuseIfPast(ctx.deadline);
    const page = await inCall(() => selectPage(ctx, scope, after));
    // Once for all pages: each would walk the whole queue again.
    if (page.some(isWaiting)) queue ??= await inCall(() => readQueue(ctx, scope));
    for (const row of page) yield toExported(row, queue);
    after = page.at(-1);
    if (after === undefined || page.length < PAGE) return;
  }
}

type Row = Awaited<ReturnType<typeof selectPage>>[number];

function isWaiting({ status }: Row): boolean {
  return status === "waitlisted";
}

function toExported(row: Row, queue: number[] | undefined): ExportedRow {
  const { departmentJa: ja, departmentEn: en, queueNo, isDisabled, ...shown } = row;
  // Whom seats pass by has no place.
  const isPlaced = isWaiting(row) && !isDisabled && queue !== undefined && queueNo !== null;
  return {
    ...shown,
    department: ja === null || en === null ? null : { ja, en },
    position: isPlaced ? placeIn(queue, queueNo) : null,
  };
}

function selectPage({ db }: Context, scope: ExportScope, after: Position | undefined) {
  const person = personOf(db);
  return db
    .select({
      id: registrations.id,
      number: registrations.number,
      status: registrations.status,
      queueNo: registrations.queueNo,
      familyName: person.familyName,
      givenName: person.givenName,
      familyKana: person.familyKana,
      givenKana: person.givenKana,
      email: person.email,
      isDisabled: person.isDisabled,
      departmentJa: departments.nameJa,
      departmentEn: departments.nameEn,
      registeredAt: registrations.registeredAt,
      answers: registrations.answers,
      reason: registrations.reason,
    })
    .from(registrations)
    .innerJoinLateral(person, sql`true`)
    .leftJoin(departments, itsDepartment)
    .where(and(ofEvent(scope), matching(scope, person), beyond(after)))
    .orderBy(registrations.number, registrations.id)
    .limit(PAGE);
}

function beyond(after: Position | undefined): SQL | undefined {
  if (after === undefined) return undefined;
  const { number, id } = after;
  return sql`(${registrations.number}, ${registrations.id}) > (${number}::int, ${id}::uuid)`;
}
