import { basename } from "node:path";
import { sources, type Tree, toCamel } from "./tree.ts";

const CORE = "packages/core/src/";
const SCHEMA = `${CORE}db/schema/`;

/** Columns that a second feature writes, and why. */
const SHARED_COLUMNS: Record<string, Record<string, string[]>> = {
  // An event's seats and the rows they count change under one lock, in one statement's transaction.
  events: {
    registrations: [
      "capacity",
      "seats_taken",
      "waitlist_length",
      "pending_count",
      "offers_end_at",
      "drawn_at",
      "seq",
      "last_number",
    ],
  },
};

type Write = { table: string; feature: string; path: string; columns: string[] };

export function tableHasItsFile(tree: Tree): string[] {
  return sources(tree, SCHEMA).flatMap((path) => {
    const tables = [...tree.text(path).matchAll(/^export const (\w+) = pgTable\(\s*"(\w+)"/gm)];
    if (tables.length === 0) return [];
    const name = basename(path, ".ts");
    const [table] = tables;
    return tables.length === 1 &&
      table?.[1] === toCamel(name) &&
      table[2] === name.replaceAll("-", "_")
      ? []
      : [`${path} holds the one table ${name.replaceAll("-", "_")}, exported as ${toCamel(name)}`];
  });
}

export function tableHasOneWriter(tree: Tree): string[] {
  const all = writes(tree);
  return [...new Set(all.map(({ table }) => table))].flatMap((table) => {
    const own = all.filter((write) => write.table === table && !isShared(write));
    const features = [...new Set(own.map(({ feature }) => feature))];
    if (features.length <= 1) return [];
    const places = own.map(({ path }) => path.slice(CORE.length));
    return [
      `${table} is written by ${features.join(" and ")} (${[...new Set(places)].join(", ")})`,
    ];
  });
}

function isShared({ table, feature, columns }: Write): boolean {
  const allowed = SHARED_COLUMNS[table]?.[feature];
  return (
    allowed !== undefined && columns.length > 0 && columns.every((name) => allowed.includes(name))
  );
}

function writes(tree: Tree): Write[] {
  const tables = new Map(
    sources(tree, SCHEMA).map((path) => [
      toCamel(basename(path, ".ts")),
      basename(path, ".ts").replaceAll("-", "_"),
    ]),
  );
  const names = new Set(tables.values());
  return sources(tree, CORE).flatMap((path) => {
    const feature = path.slice(CORE.length).split("/")[0] ?? "";
    const text = tree.text(path);
    const built = [
      ...text.matchAll(/\.(?:insert|update|delete)\((\w+)\)(?:\s*\.set\(\{([^}]*)\})?/g),
    ].map(([, table = "", set = ""]) => ({ table: tables.get(table) ?? "", columns: keys(set) }));
    const written = [
      ...text.matchAll(
        /\b(?:insert into|delete from|(?<!for |do |key )update) (\w+)(?:\s+(?:as )?\w+)??\s+(?:set\s+([^`]*?)\s+(?:from|where|returning)\b)?/gi,
      ),
    ].map(([, table = "", set = ""]) => ({ table, columns: assigned(set) }));
    return [...built, ...written]
      .filter(({ table }) => names.has(table))
      .map((write) => ({ ...write, feature, path }));
  });
}

function keys(set: string): string[] {
  return [...set.matchAll(/(?:^|,)\s*(\w+)\s*[:,]/g)].map((match) => snake(match[1] ?? ""));
}

function assigned(set: string): string[] {
  return [...set.matchAll(/(?:^|,)\s*(\w+)\s*=/g)].map((match) => match[1] ?? "");
}

function snake(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
