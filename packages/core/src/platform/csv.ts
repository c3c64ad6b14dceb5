import { type Cell, CHUNK_CHARACTERS, cellText, clockIn, type Rows, type Table } from "./table.ts";

/** Without it Excel reads UTF-8 as the code page of the machine. */
const BYTE_ORDER_MARK = "\ufeff";

/** What a spreadsheet takes for the beginning of a formula; minus has a sign of its own in Unicode. */
const FORMULA_SIGNS = "=+-@\u2212";

/**
 * The table as CSV that Excel opens with a double click: RFC 4180 with every text in quotes. No text can become a
 * formula; numbers stay numbers. It reads no further than it is read.
 */
export async function* writeCsv(table: Table, rows: Rows): AsyncGenerator<Buffer> {
  const clock = clockIn(table.timeZone);
  const line = (cells: Cell[]) => `${cells.map((cell) => field(cell, clock)).join(",")}\r\n`;
  yield Buffer.from(BYTE_ORDER_MARK + line(table.columns.map(({ heading }) => heading)));
  let pending = "";
  for await (const row of rows) {
    pending += line(row);
    if (pending.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(pending);
    pending = "";
  }
  if (pending !== "") yield Buffer.from(pending);
}

function field(cell: Cell, clock: (instant: Date) => string): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : "";
  if (typeof cell === "boolean") return cell ? "TRUE" : "FALSE";
  if (cell instanceof Date) return clock(cell);
  return `"${guarded(cellText(typeof cell === "string" ? cell : cell.day)).replaceAll('"', '""')}"`;
}

/** The apostrophe makes a spreadsheet take the rest as it is. */
export function guarded(text: string): string {
  return isFormula(text) ? `'${text}` : text;
}

/** Spreadsheets look past blanks, and some past the width of a sign (＝). */
function isFormula(text: string): boolean {
  if (/^[\t\n]/.test(text)) return true;
  const [first] = /[^\s\p{C}\p{Z}]/u.exec(text) ?? [];
  return first !== undefined && FORMULA_SIGNS.includes(first.normalize("NFKC").charAt(0));
}
