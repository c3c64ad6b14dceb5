export const FEATURE = "packages/core/src/events/";
export const SHARED = "packages/shared/src/";
export const SERVER = "apps/api/src/";

export function lines(...text: string[]): string {
  return text.join("\n");
}

export function imports(source: string): string {
  return lines(`import { value } from "${source}";`, "", "export const own = value;");
}

export function body(head: string, statements: string[]): string {
  return lines(`${head} {`, ...statements.map((line) => `  ${line}`), "}");
}

export function fn(parameters: string, ...statements: string[]): string {
  return body(`export function own(${parameters}): number`, statements);
}

export function asynchronous(...statements: string[]): string {
  return lines(
    "declare function save(): Promise<boolean>;",
    "",
    body("export async function own(): Promise<void>", statements),
  );
}

export function verb(...statements: string[]): string {
  return lines(
    'import { authorise } from "#core/auth/authorise.ts";',
    'import { type Context, transaction } from "#core/db/context.ts";',
    "",
    "export const rule = authorise;",
    "",
    body("export async function create(ctx: Context): Promise<Context>", statements),
  );
}

export function sql(...statements: string[]): string {
  return lines(
    'import { sql } from "drizzle-orm";',
    "",
    body("export function own(column: string)", statements),
  );
}

export function testFile(statement: string): string {
  return lines(
    'import { it } from "vitest";',
    "",
    'const NAME = "does the thing";',
    "const run = () => {};",
    "",
    statement,
  );
}

export function statusSwitch(...statuses: string[]): string {
  return lines(
    'export function own(status: "open" | "full"): number {',
    "  switch (status) {",
    ...statuses.flatMap((status, index) => [`    case "${status}":`, `      return ${index};`]),
    "  }",
    "  return -1;",
    "}",
  );
}

export function longFunction(length: number): string {
  const statements = Array.from({ length }, () => "own();");
  return body("export function own(): void", statements);
}

export function longFile(length: number): string {
  return Array.from({ length }, (_, index) => `export const own${index} = ${index};`).join("\n");
}
