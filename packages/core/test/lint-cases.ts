/** One rule of the linter, broken on purpose, and the same thing made lawful. */
export type LintCase = {
  /** `group/name` of Biome, `plugin/<file of infra/lint>` or `wall/<message>`. */
  rule: string;
  why: string;
  /** A folder, or a file whose `*` becomes a name of its own. */
  at: string;
  broken: string;
  /** Left out when the same text is lawful at `lawfulAt`. */
  lawful?: string;
  lawfulAt?: string;
  /** Rules that cannot but fire together with it. */
  together?: string[];
  /** A second file in the same folder, by name. */
  beside?: [name: string, text: string];
};

type Wall = { message: string; at: string; forbidden: string[]; allowed: string[] };

const FEATURE = "packages/core/src/events/";
const SHARED = "packages/shared/src/";
const SERVER = "apps/api/src/";

const WALLS: Wall[] = [
  {
    message: "A browser loads this: zod and siblings only.",
    at: SHARED,
    forbidden: [
      "node:crypto",
      "@tsudoi/core/events/create.ts",
      "react",
      "@tsudoi/telemetry/names.ts",
    ],
    allowed: ["zod/mini", "./ids.ts"],
  },
  {
    message: "Telemetry is the lowest rank: nothing else of ours.",
    at: "packages/telemetry/src/",
    forbidden: ["@tsudoi/shared/errors.ts", "@tsudoi/core/platform/log.ts"],
    allowed: ["prom-client", "node:fs", "./names.ts"],
  },
  {
    message: "Other people's apps load this: tRPC, and the router as a type, only.",
    at: "packages/client/src/",
    forbidden: ["@tsudoi/core/events/create.ts", "@tsudoi/shared/errors.ts", "zod", "node:crypto"],
    allowed: ["@trpc/client", "./retry.ts"],
  },
  {
    message: "platform is rank 1: it knows no database, no job and no feature.",
    at: "packages/core/src/platform/",
    forbidden: [
      "#core/db/client.ts",
      "#core/jobs/queues.ts",
      "#core/events/create.ts",
      "../db/x.ts",
    ],
    allowed: ["#core/platform/log.ts", "./log.ts", "@tsudoi/shared/errors.ts", "ioredis"],
  },
  {
    message: "db is rank 2: it knows the platform, no job and no feature.",
    at: "packages/core/src/db/",
    forbidden: [
      "#core/jobs/catalog.ts",
      "#core/events/create.ts",
      "bullmq",
      "@tsudoi/api/server.ts",
    ],
    allowed: ["#core/platform/log.ts", "#core/db/client.ts", "drizzle-orm", "postgres"],
  },
  {
    message: "jobs is rank 2: it knows platform and db, no feature.",
    at: "packages/core/src/jobs/",
    forbidden: ["#core/registrations/register.ts", "../events/create.ts"],
    allowed: ["#core/platform/log.ts", "#core/db/client.ts", "./catalog.ts", "bullmq"],
  },
  {
    message: "A feature knows its database and its context: no queue, no socket, no HTTP.",
    at: FEATURE,
    forbidden: [
      "bullmq",
      "ioredis",
      "postgres",
      "node:http",
      "fastify",
      "@trpc/server",
      "../db/x.ts",
    ],
    allowed: [
      "#core/db/client.ts",
      "#core/jobs/enqueue.ts",
      "#core/audit/record.ts",
      "drizzle-orm",
    ],
  },
  {
    message: "An app calls verbs and queries: no database, no other app.",
    at: "apps/worker/src/",
    forbidden: [
      "drizzle-orm",
      "@tsudoi/core/db/client.ts",
      "@tsudoi/api/server.ts",
      "@tsudoi/web/x.ts",
    ],
    allowed: [
      "@tsudoi/core/events/create.ts",
      "@tsudoi/core/jobs/queues.ts",
      "@tsudoi/shared/ids.ts",
    ],
  },
  {
    message: "The start opens the database and a test looks into it; neither knows another app.",
    at: "apps/api/test/",
    forbidden: ["prom-client", "@tsudoi/worker/fleet.ts"],
    allowed: ["@tsudoi/core/db/client.ts", "@tsudoi/core/test/database.ts", "drizzle-orm"],
  },
  {
    message: "A browser loads this: shared, and the router as a type.",
    at: "apps/web/src/",
    forbidden: ["node:fs", "@tsudoi/core/events/queries.ts", "@tsudoi/api/server.ts", "../x.ts"],
    allowed: ["@tsudoi/shared/events.ts", "react", "./api.ts"],
  },
  {
    message: "ui is dumb: what it shows is handed to it.",
    at: "apps/web/src/ui/",
    forbidden: ["@trpc/client", "@tanstack/react-query", "#web/api.ts", "@tsudoi/shared/events.ts"],
    allowed: ["react", "./button.tsx", "#web/texts/text.ts"],
  },
  {
    message: "The apps are started as processes, never imported.",
    at: "apps/bench/src/",
    forbidden: ["@tsudoi/api/server.ts", "@tsudoi/worker/fleet.ts", "@tsudoi/scripts/start.ts"],
    allowed: ["@tsudoi/core/test/database.ts", "@tsudoi/core/db/client.ts", "express"],
  },
];

const PLUGINS: LintCase[] = [
  {
    rule: "plugin/authorise-before-transaction",
    why: "a verb opens a transaction for anyone",
    at: FEATURE,
    broken: verb("return await transaction(ctx, async (tx) => tx);"),
    lawful: verb(
      'authorise(ctx, "events.create");',
      "return await transaction(ctx, async (tx) => tx);",
    ),
  },
  {
    rule: "plugin/no-module-mocks",
    why: "a module is replaced",
    at: `${FEATURE}*.test.ts`,
    broken: lines('import { vi } from "vitest";', "", 'vi.mock("./create.ts");'),
    lawful: lines('import { vi } from "vitest";', "", "export const spy = vi.fn();"),
  },
  {
    rule: "plugin/no-parent-climb",
    why: "an import hides its rank",
    at: "apps/bench/src/",
    broken: 'export type { Id } from "../../shared/ids.ts";',
    lawful: 'export type { Id } from "@tsudoi/shared/ids.ts";',
  },
  {
    rule: "plugin/no-parent-climb",
    why: "a dynamic import hides its rank",
    at: "apps/bench/src/",
    broken: 'export const later = import("../../shared/ids.ts");',
    lawful: 'export const later = import("@tsudoi/shared/ids.ts");',
  },
  ...["sql.raw(column)", "sql.identifier(column)"].map((broken) => ({
    rule: "plugin/no-raw-sql",
    why: broken,
    at: FEATURE,
    broken: sql(`return ${broken};`),
    lawful: sql(`return sql\`select \${column}\`;`),
  })),
  ...[
    "select *",
    "select e.*",
    "select distinct *",
    "insert into events default values returning *",
  ].map((statement) => ({
    rule: "plugin/no-select-star",
    why: statement,
    at: FEATURE,
    broken: sql(`return sql\`${statement} from events e where title = \${column}\`;`),
    lawful: sql(`return sql\`select count(*), title from events e where title = \${column}\`;`),
  })),
  ...[
    "it.todo(NAME, run);",
    "it.fails(NAME, run);",
    "it.runIf(true)(NAME, run);",
    "it(NAME, { retry: 2 }, run);",
  ].map((broken) => ({
    rule: "plugin/no-retried-tests",
    why: broken,
    at: `${FEATURE}*.test.ts`,
    broken: testFile(broken),
    lawful: testFile("it(NAME, { timeout: 1000 }, run);"),
  })),
  {
    rule: "plugin/no-test-parts-in-source",
    why: "production loads a fixture",
    at: FEATURE,
    broken: imports("#test/database.ts"),
    lawfulAt: `${FEATURE}*.pg.test.ts`,
  },
  {
    rule: "plugin/one-transaction-door",
    why: "drizzle's own transaction",
    at: "packages/core/src/db/",
    broken: lines(
      "export async function twice(db: { transaction(run: () => void): Promise<void> }) {",
      "  await db.transaction(() => {});",
      "}",
    ),
    lawfulAt: "packages/core/src/db/transaction.ts",
  },
  {
    rule: "plugin/router-is-a-type",
    why: "the API is bundled into the browser",
    at: "apps/web/src/",
    broken: imports("@tsudoi/api/router.ts"),
    lawful: 'export type { AppRouter } from "@tsudoi/api/router.ts";',
  },
];

const STYLE: LintCase[] = [
  {
    rule: "complexity/noExcessiveLinesPerFunction",
    why: "51 lines",
    at: SHARED,
    broken: longFunction(51),
    lawful: longFunction(50),
  },
  {
    rule: "complexity/useMaxParams",
    why: "four parameters",
    at: SHARED,
    broken: lines(
      "export function sum(a: number, b: number, c: number, d: number): number {",
      "  return a + b + c + d;",
      "}",
    ),
    lawful: lines(
      "export function sum(a: number, b: number, c: number): number {",
      "  return a + b + c;",
      "}",
    ),
  },
  {
    rule: "correctness/noUndeclaredDependencies",
    why: "a package nobody declared",
    at: SERVER,
    broken: imports("left-pad"),
    lawful: imports("fastify"),
  },
  {
    rule: "correctness/useImportExtensions",
    why: "Node does not guess extensions",
    at: SHARED,
    broken: imports("./case-extension"),
    lawful: imports("./case-extension.ts"),
    beside: ["case-extension.ts", "export const value = 1;"],
  },
  {
    rule: "performance/noBarrelFile",
    why: "a file that only hands on",
    at: SERVER,
    broken: 'export { value } from "./value.ts";',
    lawful: imports("./value.ts"),
  },
  {
    rule: "performance/noReExportAll",
    why: "everything is handed on",
    together: ["performance/noBarrelFile"],
    at: SERVER,
    broken: lines('export * from "./value.ts";', "export const own = 1;"),
    lawful: "export const own = 1;",
  },
  {
    rule: "style/noDefaultExport",
    why: "a name that each importer invents",
    at: "apps/web/",
    broken: "export default { base: true };",
    lawfulAt: "apps/web/vite.config.ts",
  },
  {
    rule: "style/noEnum",
    why: "Node cannot strip it",
    at: SHARED,
    broken: lines("export enum Mode {", '  Open = "open",', "}"),
    lawful: 'export const MODES = ["open"] as const;',
  },
  {
    rule: "style/noExcessiveLinesPerFile",
    why: "301 lines",
    at: SHARED,
    broken: longFile(301),
    lawful: longFile(300),
  },
  {
    rule: "style/noExcessiveLinesPerFile",
    why: "601 lines of tests",
    at: `${SHARED}*.test.ts`,
    broken: longFile(601),
    lawful: longFile(600),
  },
  {
    rule: "style/noNestedTernary",
    why: "a puzzle",
    at: SHARED,
    broken: fn("n: number", "return n > 1 ? 1 : n > 0 ? 2 : 3;"),
    lawful: fn("n: number", "return n > 1 ? 1 : 2;"),
  },
  {
    rule: "style/noNonNullAssertion",
    why: "a lie to the compiler",
    at: SHARED,
    broken: fn("n: number | undefined", "return n!;"),
    lawful: fn("n: number | undefined", "return n ?? 0;"),
  },
  {
    rule: "style/noParameterProperties",
    why: "Node cannot strip it",
    at: SHARED,
    broken: lines("export class Seat {", "  constructor(readonly number: number) {}", "}"),
    lawful: lines("export class Seat {", "  readonly number = 1;", "}"),
  },
  {
    rule: "style/noProcessEnv",
    why: "a setting read outside config.ts",
    at: SERVER,
    broken: "export const port = process.env.PORT;",
    lawfulAt: `${SERVER}config.ts`,
  },
  {
    rule: "style/noUselessElse",
    why: "an else after a return",
    at: SHARED,
    broken: fn("n: number", "if (n > 1) {", "  return 1;", "} else {", "  return 2;", "}"),
    lawful: fn("n: number", "if (n > 1) return 1;", "return 2;"),
  },
  {
    rule: "style/useConsistentArrayType",
    why: "two ways to write a list",
    at: SHARED,
    broken: "export type Seats = Array<string>;",
    lawful: "export type Seats = string[];",
  },
  {
    rule: "style/useExportType",
    why: "Node would look for a value",
    at: SHARED,
    broken: lines("type Seat = { id: string };", "", "export { Seat };"),
    lawful: lines("type Seat = { id: string };", "", "export type { Seat };"),
  },
  {
    rule: "style/useFilenamingConvention",
    why: "camelCase",
    at: `${SHARED}caseName.ts`,
    broken: "export const own = 1;",
    lawfulAt: `${SHARED}case-name.pg.test.ts`,
  },
  {
    rule: "style/useImportType",
    why: "Node would look for a value",
    at: SERVER,
    broken: lines('import { Id } from "@tsudoi/shared/ids.ts";', "", "export type Key = Id;"),
    lawful: lines('import type { Id } from "@tsudoi/shared/ids.ts";', "", "export type Key = Id;"),
  },
  {
    rule: "style/useNodejsImportProtocol",
    why: "a package could take the name",
    at: SERVER,
    broken: imports("fs"),
    lawful: imports("node:fs"),
  },
  {
    rule: "format",
    why: "hand formatting",
    at: SHARED,
    broken: "export const  own = 1",
    lawful: "export const own = 1;",
  },
  {
    rule: "assist/source/organizeImports",
    why: "imports in any order",
    at: SERVER,
    broken: lines(
      'import "./b.ts";',
      'import { c } from "./c.ts";',
      'import { a } from "./a.ts";',
      "",
      "export const all = [a, c];",
    ),
    lawful: lines(
      'import { a } from "./a.ts";',
      'import { c } from "./c.ts";',
      "",
      "export const all = [a, c];",
    ),
  },
];

const SAFETY: LintCase[] = [
  {
    rule: "nursery/noFloatingPromises",
    why: "a failure nobody hears",
    at: SHARED,
    broken: asynchronous("save();"),
    lawful: asynchronous("await save();"),
  },
  {
    rule: "nursery/noMisusedPromises",
    why: "a promise is always true",
    at: SHARED,
    broken: asynchronous("if (save()) return;", "await save();"),
    lawful: asynchronous("if (await save()) return;", "await save();"),
  },
  {
    rule: "nursery/useExhaustiveSwitchCases",
    why: "a forgotten status",
    at: SHARED,
    broken: statusSwitch("open"),
    lawful: statusSwitch("open", "full"),
  },
  {
    rule: "suspicious/noConsole",
    why: "a line the log never sees",
    at: SERVER,
    broken: 'console.log("started");',
    lawfulAt: "infra/scripts/src/",
  },
  {
    rule: "suspicious/noExplicitAny",
    why: "no type at all",
    at: SHARED,
    broken: "export type Payload = { body: any };",
    lawful: "export type Payload = { body: unknown };",
  },
  {
    rule: "suspicious/noImportCycles",
    why: "two files that need each other",
    at: `${SERVER}cycle.ts`,
    broken: lines(
      'import { other } from "./cycle-other.ts";',
      "",
      "export const own = () => other;",
    ),
    lawful: "export const own = () => 1;",
    beside: [
      "cycle-other.ts",
      lines('import { own } from "./cycle.ts";', "", "export const other = () => own;"),
    ],
  },
  ...["Skipped", "Focused"].map((kind) => {
    const call = kind === "Skipped" ? "it.skip" : "it.only";
    return {
      rule: `suspicious/no${kind}Tests`,
      why: call,
      at: `${FEATURE}*.test.ts`,
      broken: testFile(`${call}(NAME, run);`),
      lawful: testFile("it(NAME, run);"),
      together: ["plugin/no-retried-tests"],
    };
  }),
  {
    rule: "suspicious/noTsIgnore",
    why: "an error is hidden, and stays hidden when it is gone",
    at: SHARED,
    broken: lines("// @ts-ignore: for the case", "export const own: string = 1;"),
    lawful: lines("// @ts-expect-error: for the case", "export const own: string = 1;"),
  },
];

export const LINT_CASES: LintCase[] = [
  ...WALLS.flatMap(wallCases),
  ...PLUGINS,
  ...STYLE,
  ...SAFETY,
];

/** Each forbidden import is seen at least once, and so is each allowed one. */
function wallCases({ message, at, forbidden, allowed }: Wall): LintCase[] {
  return Array.from({ length: Math.max(forbidden.length, allowed.length) }, (_, index) => ({
    rule: `wall/${message}`,
    why: `${at} imports ${forbidden[index % forbidden.length]}`,
    at,
    broken: imports(`${forbidden[index % forbidden.length]}`),
    lawful: imports(`${allowed[index % allowed.length]}`),
  }));
}

function lines(...text: string[]): string {
  return text.join("\n");
}

function imports(source: string): string {
  return lines(`import { value } from "${source}";`, "", "export const own = value;");
}

function body(head: string, statements: string[]): string {
  return lines(`${head} {`, ...statements.map((line) => `  ${line}`), "}");
}

function fn(parameters: string, ...statements: string[]): string {
  return body(`export function own(${parameters}): number`, statements);
}

function asynchronous(...statements: string[]): string {
  return lines(
    "declare function save(): Promise<boolean>;",
    "",
    body("export async function own(): Promise<void>", statements),
  );
}

function verb(...statements: string[]): string {
  return lines(
    'import { authorise } from "#core/auth/authorise.ts";',
    'import { type Context, transaction } from "#core/db/context.ts";',
    "",
    "export const rule = authorise;",
    "",
    body("export async function create(ctx: Context): Promise<Context>", statements),
  );
}

function sql(...statements: string[]): string {
  return lines(
    'import { sql } from "drizzle-orm";',
    "",
    body("export function own(column: string)", statements),
  );
}

function testFile(statement: string): string {
  return lines(
    'import { it } from "vitest";',
    "",
    'const NAME = "does the thing";',
    "const run = () => {};",
    "",
    statement,
  );
}

function statusSwitch(...statuses: string[]): string {
  return lines(
    'export function own(status: "open" | "full"): number {',
    "  switch (status) {",
    ...statuses.flatMap((status, index) => [`    case "${status}":`, `      return ${index};`]),
    "  }",
    "  return -1;",
    "}",
  );
}

function longFunction(length: number): string {
  const statements = Array.from({ length }, () => "own();");
  return body("export function own(): void", statements);
}

function longFile(length: number): string {
  return Array.from({ length }, (_, index) => `export const own${index} = ${index};`).join("\n");
}
