import { dayOf } from "@tsudoi/shared/dates.ts";
import { type ExportFormat, ExportInput } from "@tsudoi/shared/registration-exports.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import { and, eq } from "drizzle-orm";
import { recordAudit } from "#core/audit/record-audit.ts";
import { authorise } from "#core/auth/authorise.ts";
import { spendOneTimeToken } from "#core/auth/spend-one-time-token.ts";
import type { Context, UserActor } from "#core/db/context.ts";
import { users } from "#core/db/schema/users.ts";
import { transaction } from "#core/db/transaction.ts";
import { writeCsv } from "#core/platform/csv.ts";
import type { Cell } from "#core/platform/table.ts";
import { writeXlsx } from "#core/platform/xlsx.ts";
import { exportedRows } from "./export-pages.ts";
import { type ExportedRow, type RegistrationTable, registrationTable } from "./export-rows.ts";
import { EXPORT_WORDS } from "./export-words.ts";
import { findExportedEvent } from "./find-exported-event.ts";

const FORMATS = {
  csv: { mediaType: "text/csv; charset=utf-8", write: writeCsv },
  xlsx: {
    mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write: writeXlsx,
  },
};

export type ExportFile = {
  name: string;
  format: ExportFormat;
  mediaType: string;
  /** Read as it is taken; what it holds is let go when its reader stops. */
  content: AsyncGenerator<Buffer>;
};

/** Opens the file behind a link of `registrations.export`: once, and only for whoever may list the event's people now. */
export async function downloadExport(ctx: Context, input: { token: string }): Promise<ExportFile> {
  const { scope, table, name, format } = await transaction(ctx, async (open) => {
    const { tx, details } = await spendOneTimeToken(open, { purpose: "export", ...input });
    const { organizationId, userId } = authorise(tx, "events.browse");
    const { eventId, format, ...filter } = ExportInput.parse(details);
    const event = await findExportedEvent(tx, eventId);
    const locale = await findLocale(tx);
    await recordAudit(tx, [
      {
        organizationId,
        actorId: userId,
        action: "registrations.downloadExport",
        entity: "event",
        entityId: eventId,
        details: { format },
      },
    ]);
    const table = registrationTable(event, locale);
    const day = dayOf(tx.now().toISOString(), event.timeZone);
    const name = `${table.title} ${EXPORT_WORDS[locale].name} ${day}`;
    return { scope: { organizationId, eventId, ...filter }, table, name, format };
  });
  const { mediaType, write } = FORMATS[format];
  const content = write(table, cellsOf(exportedRows(ctx, scope), table));
  return { name, format, mediaType, content };
}

async function* cellsOf(
  rows: AsyncIterable<ExportedRow>,
  table: RegistrationTable,
): AsyncGenerator<Cell[]> {
  for await (const row of rows) yield table.toCells(row);
}

async function findLocale(tx: Context & { actor: UserActor }): Promise<Locale> {
  const { organizationId, userId } = tx.actor;
  const [row] = await tx.db
    .select({ locale: users.locale })
    .from(users)
    .where(and(eq(users.organizationId, organizationId), eq(users.id, userId)));
  return row?.locale ?? "ja";
}
