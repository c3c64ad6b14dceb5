import type { PostgresType } from "postgres";

/**
 * How values travel. Instants come back as the contract writes them, which drizzle's columns read in both modes.
 * Arrays go through `toParameter`: an array of booleans would be taken for a boolean.
 */
export const VALUE_TYPES = {
  instant: {
    to: 1184,
    from: [1184],
    serialize: (value: unknown) => (value instanceof Date ? value.toISOString() : String(value)),
    parse: toInstant,
  },
  /** A day or a wall-clock time has no zone, so it never becomes a Date. */
  local: { to: 1114, from: [1082, 1114], serialize: String, parse: String },
  json: {
    to: 114,
    from: [114, 3802],
    // drizzle's columns have written the JSON already.
    serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
    parse: (text: string): unknown => JSON.parse(text),
  },
  /** text, varchar, uuid, and bigint, which is a text as a single value too. */
  texts: { to: 1009, from: [1009, 1015, 2951, 1016], serialize: String, parse: toArray },
  integers: {
    to: 1007,
    from: [1005, 1007],
    serialize: String,
    parse: (text: string) => toArray(text).map((element) => element && Number(element)),
  },
} satisfies Record<string, PostgresType>;

/** An array becomes one parameter; the statement says of which type, as in `$1::uuid[]`. */
export function toParameter(value: unknown): unknown {
  return Array.isArray(value) ? toArrayText(value) : value;
}

function toArrayText(values: readonly unknown[]): string {
  return `{${values.map(toElement).join(",")}}`;
}

function toElement(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return toArrayText(value);
  const text = value instanceof Date ? value.toISOString() : String(value);
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}

const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^,{}]+)/gs;

function toArray(text: string): (string | null)[] {
  return Array.from(text.matchAll(ELEMENT), ([, quoted, plain = ""]) => {
    if (quoted !== undefined) return quoted.replace(/\\(.)/gs, "$1");
    return plain === "NULL" ? null : plain;
  });
}

const IN_UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,3})\d*)?\+00$/;

/** `2026-11-20 09:00:00.5+00` as `2026-11-20T09:00:00.500Z`, digit by digit; infinity and the like as they are. */
function toInstant(text: string): string {
  const [, day, time, fraction = ""] = IN_UTC.exec(text) ?? [];
  return day === undefined ? text : `${day}T${time}.${fraction.padEnd(3, "0")}Z`;
}
