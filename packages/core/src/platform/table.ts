/** A calendar day without a clock, as YYYY-MM-DD. */
export type Day = { day: string };

/** A Date is an instant: it is written as the clock of the table's zone showed it. */
export type Cell = string | number | boolean | Date | Day | null;

/** The width is in characters, as spreadsheets measure it. */
export type Column = { heading: string; width: number };

export type Table = { title: string; timeZone: string; columns: Column[] };

/** Rows of a table, read only as fast as the file is taken. */
export type Rows = AsyncIterable<Cell[]>;

/** Pieces of this size keep both the heap and the number of writes small. */
export const CHUNK_CHARACTERS = 32_768;

/** Controls but tab and line feed, and two code points that are no characters: XML has no way to write them. */
const UNWRITABLE = /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu;

/** A text that every format can carry: whole characters, lines that end in a line feed. */
export function cellText(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(UNWRITABLE, "").toWellFormed();
}

/** Reads an instant off a clock in the zone: 2026-11-26 15:00:00. */
export function clockIn(timeZone: string): (instant: Date) => string {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (instant) => {
    const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of format.formatToParts(instant)) found[type] = value;
    const { year = "", month, day, hour, minute, second } = found;
    return `${year.padStart(4, "0")}-${month}-${day} ${hour}:${minute}:${second}`;
  };
}
