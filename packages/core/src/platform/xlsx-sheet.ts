import { type Cell, CHUNK_CHARACTERS, cellText, clockIn, type Rows, type Table } from "./table.ts";

/** Places in the list of cell formats of the workbook's styles. */
export const STYLES = { plain: 0, heading: 1, text: 2, time: 3, day: 4 } as const;
type Style = keyof typeof STYLES;

/** Excel calls a file with longer texts broken. */
export const MAX_CELL_CHARACTERS = 32_767;

const DAY_MS = 86_400_000;
/** Spreadsheets count days from here. */
const DAY_ZERO = Date.UTC(1899, 11, 30);
/** Before it they disagree, since some have a 29 February 1900. */
const FIRST_DAY = "1900-03-01";

/** One worksheet: a heading that stays in sight, then the rows. */
export async function* sheetXml(table: Table, rows: Rows): AsyncGenerator<Buffer> {
  const clock = clockIn(table.timeZone);
  const columns = table.columns.map((_, index) => columnName(index));
  const headings = table.columns.map(({ heading }, index) =>
    textCell(`${columns[index]}1`, heading, "heading"),
  );
  let pending = `${head(table)}<row r="1">${headings.join("")}</row>`;
  let number = 1;
  for await (const row of rows) {
    number += 1;
    const cells = row.map((cell, index) => cellXml(`${columns[index]}${number}`, cell, clock));
    pending += `<row r="${number}">${cells.join("")}</row>`;
    if (pending.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(pending);
    pending = "";
  }
  yield Buffer.from(`${pending}</sheetData></worksheet>`);
}

function head({ columns }: Table): string {
  const widths = columns.map(
    ({ width }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join("")}</cols><sheetData>`;
}

function cellXml(place: string, cell: Cell, clock: (instant: Date) => string): string {
  if (cell === null) return "";
  if (typeof cell === "string") return textCell(place, cell, "text");
  if (typeof cell === "number") {
    return Number.isFinite(cell) ? `<c r="${place}"><v>${cell}</v></c>` : "";
  }
  if (typeof cell === "boolean") return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (cell instanceof Date) return dateCell(place, clock(cell), "time");
  return dateCell(place, cell.day, "day");
}

/** Dates are numbers of days; what no spreadsheet can count stays a text. */
function dateCell(place: string, value: string, style: "time" | "day"): string {
  const iso = style === "day" ? `${value}T00:00:00.000Z` : `${value.replace(" ", "T")}.000Z`;
  const at = new Date(iso);
  const isCountable = value >= FIRST_DAY && !Number.isNaN(at.getTime()) && at.toISOString() === iso;
  return isCountable
    ? `<c r="${place}" s="${STYLES[style]}"><v>${(at.getTime() - DAY_ZERO) / DAY_MS}</v></c>`
    : textCell(place, value, "text");
}

/** An inline string: a reader never takes it for a formula. */
function textCell(place: string, value: string, style: Style): string {
  const text = cut(cellText(value));
  if (text === "") return "";
  return `<c r="${place}" s="${STYLES[style]}" t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

function cut(text: string): string {
  if (text.length <= MAX_CELL_CHARACTERS) return text;
  return `${text.slice(0, MAX_CELL_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** Spreadsheets read _x0041_ as A, so an underscore that would begin one is written as one. */
function escaped(text: string): string {
  return escapeXml(text.replace(/_(?=x[\dA-Fa-f]{4}_)/g, "_x005F_"));
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** A, B … Z, AA, AB … */
export function columnName(index: number): string {
  const before = index < 26 ? "" : columnName(Math.floor(index / 26) - 1);
  return before + String.fromCharCode(65 + (index % 26));
}
