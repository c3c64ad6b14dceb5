import type { LintCase } from "./lint-case.ts";
import { FEATURE, imports, lines, sql, testFile, verb } from "./snippets.ts";

export const PLUGIN_CASES: LintCase[] = [
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
    rule: "plugin/authorise-before-transaction",
    why: "what only jobs may do is open to anyone",
    at: FEATURE,
    broken: verb("return await transaction(ctx, async (tx) => tx);"),
    lawful: verb("authoriseSystem(ctx);", "return await transaction(ctx, async (tx) => tx);"),
  },
  {
    rule: "plugin/authorise-before-transaction",
    why: "what a link allows is open to anyone",
    at: FEATURE,
    broken: verb("return await transaction(ctx, async (tx) => tx);"),
    lawful: verb(
      'const link = authoriseLink(ctx, "offer", "token");',
      "return await transaction(ctx, async () => link);",
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
  ...["waitFor", "waitUntil"].map((wait) => ({
    rule: "plugin/no-hasty-wait",
    why: `${wait} without a time`,
    at: `${FEATURE}*.test.ts`,
    broken: testFile(`it(NAME, () => vi.${wait}(run));`),
    lawful: testFile(`it(NAME, () => vi.${wait}(run, 10_000));`),
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
