import { type PassThrough, Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { ZipFile } from "yazl";
import type { Cell, Rows, Table } from "./table.ts";
import { sheetPath, workbookParts } from "./xlsx-parts.ts";
import { sheetXml } from "./xlsx-sheet.ts";

/** With the heading: what Excel can open. */
const MAX_SHEET_ROWS = 1_048_576;

/** The same table is the same bytes, whenever and wherever it is written. */
const ENTRY = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };

type Filling = { table: Table; rows: Rows; sheetRows: number; signal: AbortSignal };

/**
 * The table as a workbook: texts are texts, dates are dates. It reads no further than it is read, so memory does not
 * grow with the rows; those that one sheet cannot hold go on to the next, and a large file is Zip64.
 */
export async function* writeXlsx(
  table: Table,
  rows: Rows,
  { sheetRows = MAX_SHEET_ROWS } = {},
): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = zip.outputStream as PassThrough;
  const reader = new AbortController();
  const filled = fill(zip, { table, rows, sheetRows, signal: reader.signal }).catch((error) =>
    output.destroy(error),
  );
  try {
    for await (const chunk of output) yield chunk;
  } finally {
    reader.abort();
    await filled;
  }
}

async function fill(zip: ZipFile, { table, rows, sheetRows, signal }: Filling): Promise<void> {
  const source = rows[Symbol.asyncIterator]();
  try {
    let next = await source.next();
    let sheets = 0;
    async function* sheetOf(): AsyncGenerator<Cell[]> {
      for (let row = 1; row < sheetRows && !next.done; row += 1) {
        yield next.value;
        next = await source.next();
      }
    }
    do {
      sheets += 1;
      const sheet = Readable.from(sheetXml(table, sheetOf()), { objectMode: false, signal });
      zip.addReadStream(sheet, `xl/${sheetPath(sheets)}`, ENTRY);
      await finished(sheet);
    } while (!next.done);
    for (const [path, xml] of Object.entries(workbookParts(table.title, sheets))) {
      zip.addBuffer(Buffer.from(xml), path, ENTRY);
    }
    zip.end();
  } finally {
    await source.return?.();
  }
}
