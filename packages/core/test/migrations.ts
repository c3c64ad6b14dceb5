import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import postgres, { type Sql } from "postgres";

type Files = Record<string, string>;

export const PLAIN = {
  "9000_first.sql": "create table first (n int); insert into first values (1);",
  "9001_second.sql": "alter table first add column m int;",
};

/** A folder of migrations, in place of the repository's. */
export async function aFolder(files: Files) {
  const path = await mkdtemp(join(tmpdir(), "tsudoi-migrations-"));
  const write = async (more: Files) => {
    for (const [name, text] of Object.entries(more)) await writeFile(join(path, name), text);
  };
  await write(files);
  return {
    url: pathToFileURL(`${path}/`),
    write,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  };
}

/** Somebody else who is connected: who waits longer than this for an answer is refused it. */
export function connect(
  url: string,
  { patienceMs = 0 }: { patienceMs?: number } = {},
): AsyncDisposable & { sql: Sql } {
  const connection = { statement_timeout: patienceMs };
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection });
  return { sql, [Symbol.asyncDispose]: () => sql.end() };
}
