import { basename } from "node:path";
import type { Tree } from "./tree.ts";

const FOLDER = /^packages\/core\/migrations\/[^/]+\.sql$/;

type Kind = "alone" | "repeat" | "replaces" | "whole";

/** What each statement of a migration must not be, on a table that people use while it runs. */
const REFUSED: { what: string; cure: string; is: RegExp }[] = [
  {
    what: "is in a transaction, and this cannot be",
    cure: '"-- alone" in the first line',
    is: /^(create (unique )?|drop )index concurrently\b/,
  },
  {
    what: "builds an index while writers wait",
    cure: 'a file "-- alone" with "create index concurrently if not exists"',
    is: /^create (unique )?index (?!concurrently)/,
  },
  {
    what: "drops an index while everybody waits",
    cure: 'a file "-- alone" with "drop index concurrently if exists"',
    is: /^drop index (?!concurrently)/,
  },
  {
    what: "looks at every row while everybody waits",
    cure: '"not valid", and "validate constraint" in the next file',
    is: /^alter table .* add (constraint \S+ )?(check|foreign key|not null)\b(?!.*\bnot valid$)/,
  },
  {
    what: "looks at every row while everybody waits",
    cure: 'a constraint "not null … not valid", and "validate constraint" in the next file',
    is: /^alter table .* set not null\b/,
  },
  {
    what: "builds an index while everybody waits",
    cure: 'an index of its own in a file "-- alone", and "using index"',
    is: /^alter table .* add (constraint \S+ )?(unique|primary key|exclude)\b(?!.*\busing index\b)/,
  },
  {
    what: "writes the table anew while everybody waits",
    cure: "a new column, filled in batches",
    is: /^alter table .* alter column \S+ (set data )?type\b/,
  },
  {
    what: "writes the table anew while everybody waits",
    cure: 'a column and a trigger, filled in batches by a file "-- repeat"',
    is: /^alter table .* add column .*(\bstored$|\bidentity\b|\bdefault (uuidv7|gen_random_uuid|random|clock_timestamp|nextval)\()/,
  },
];

const CHANGES_ROWS = /^(insert|update|delete|merge|with)\b/;
const RUNS_AGAIN =
  /^(create (unique )?index concurrently if not exists|drop index concurrently if exists) /;
const VALIDATES = /^alter table .* validate constraint /;
/** The table that others wait for until the file's transaction ends; a foreign key's is the one that it points to, too. */
const HELD = [
  /^(?:alter|drop) table (?:if exists )?(?:only )?(\S+)(?!.* validate constraint )/,
  /^create trigger .*? on (\S+)/,
  /\breferences (\w+)/,
];

/** Whoever reads or writes while a version is brought in waits for moments at the most. */
export function migrationsMakeNobodyWait(tree: Tree): string[] {
  return tree.paths
    .filter((path) => FOLDER.test(path))
    .flatMap((path) => faults(tree.text(path)).map((fault) => `${basename(path)} ${fault}`));
}

function faults(text: string): string[] {
  const kind = (/^-- (alone|repeat|replaces)\b/.exec(text)?.[1] ?? "whole") as Kind;
  const statements = toStatements(text);
  switch (kind) {
    case "alone":
      return statements
        .filter((statement) => !RUNS_AGAIN.test(statement))
        .map((statement) => `is "-- alone" and cannot run this twice: ${start(statement)}`);
    // It runs where there are no people yet.
    case "replaces":
      return [];
    default:
      return faultsOf(statements, kind);
  }
}

function faultsOf(statements: string[], kind: Kind): string[] {
  const made = new Set(statements.flatMap((one) => /^create table (\S+)/.exec(one)?.[1] ?? []));
  const isOwn = (one: string) =>
    made.has(/^(?:alter table|create .*? on) (\S+)/.exec(one)?.[1] ?? "");
  const others = statements.filter((one) => !isOwn(one));
  const held = new Set(statements.flatMap(heldBy).filter((table) => !made.has(table)));
  const changes = kind === "whole" && statements.some((one) => CHANGES_ROWS.test(one));
  const validates = others.some((one) => VALIDATES.test(one)) && held.size > 0;
  return [
    ...others.flatMap((one) =>
      REFUSED.filter(({ is }) => is.test(one)).map(
        ({ what, cure }) => `${what}: ${start(one)}; write ${cure}`,
      ),
    ),
    ...(held.size > 1 ? [`holds ${[...held].join(" and ")} at once: a file for each`] : []),
    ...(validates ? ["looks at every row while it holds a table: a file of its own"] : []),
    ...(changes ? ['changes rows in one go: a file "-- repeat", in batches'] : []),
  ];
}

function heldBy(statement: string): string[] {
  return HELD.flatMap((held) => held.exec(statement)?.[1] ?? []);
}

/** In small letters, without comments, quotes or the schema; the body of a function is not looked into. */
function toStatements(text: string): string[] {
  return text
    .replace(/^\s*--(?!> statement).*$/gm, "")
    .split("--> statement-breakpoint")
    .flatMap((part) => (/\$\$|\bbegin atomic\b/i.test(part) ? [part] : part.split(";")))
    .map((one) =>
      one
        .replaceAll('"public".', "")
        .replaceAll('"', "")
        .replace(/[\s;]+/g, " ")
        .trim()
        .toLowerCase(),
    )
    .filter((one) => one !== "");
}

function start(text: string): string {
  return text.length > 70 ? `${text.slice(0, 70)}…` : text;
}
