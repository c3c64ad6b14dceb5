import { readFile, rm, writeFile } from "node:fs/promises";

/** The contract as one file that names nothing but @trpc/server and shared types: what web and client may load. */
const BUILD = new URL("types/build/", import.meta.url);
const emitted = await readFile(new URL("apps/api/src/router.d.ts", BUILD), "utf8");
const contract = emitted
  .replaceAll('import("./context.ts").ApiContext', "object")
  .replaceAll('import("./errors.ts").ErrorShape', "ErrorShape");
const leaks = contract.match(/import\("(?:\.|@tsudoi\/core)[^"]*"\)/g);
if (leaks !== null)
  throw new Error(`the contract names the server's own types: ${leaks.join(", ")}`);
const errors = await readFile(new URL("apps/api/src/errors.d.ts", BUILD), "utf8");
const shape = errors.match(/export type ErrorShape = \{[\s\S]*?\n\};/)?.[0];
if (shape === undefined) throw new Error("ErrorShape was not emitted");
const head = [...errors.matchAll(/^import .*\{.*$/gm)].map(([line]) => typesOnly(line)).join("\n");
await writeFile(new URL("types/router.d.ts", import.meta.url), `${head}\n${shape}\n${contract}`);
await rm(BUILD, { recursive: true });

/** What is imported as a value, or whole, is used by the errors' functions, not by their shape. */
function typesOnly(line: string): string {
  return line.replace(/(?<=[{,]) (?!type )\w+,?/g, "");
}
