import { cp, readFile, realpath, writeFile } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { temporaryFolder } from "./services/folders.ts";

const PATCH = new URL("../../../patches/postgres@3.4.9.patch", import.meta.url);

export type DriverCopy = AsyncDisposable & {
  /** For `node --import`: everything then loads this copy of the driver. */
  hook: string;
};

/** A copy of the driver without our patch, or without what the patch changes in one file. */
export async function copyUnpatchedDriver(only?: string): Promise<DriverCopy> {
  const manifest = findPackageJSON("postgres", import.meta.url);
  if (!manifest) throw new Error("The driver is not installed.");
  const folder = await temporaryFolder("tsudoi-driver");
  await cp(await realpath(dirname(manifest)), folder.path, { recursive: true });
  for (const change of parsePatch(await readFile(PATCH, "utf8"))) {
    if (only === undefined || change.file === only) await revert(folder.path, change);
  }
  const hook = join(folder.path, "hook.mjs");
  await writeFile(hook, hookSource(pathToFileURL(join(folder.path, "src/index.js")).href));
  return { hook, [Symbol.asyncDispose]: folder.remove };
}

type Change = { file: string; before: string; after: string };

function parsePatch(patch: string): Change[] {
  return patch.split(/^diff --git /m).flatMap((part) => {
    const file = /^\+\+\+ b\/(.+)$/m.exec(part)?.[1];
    if (!file) return [];
    const hunks = part.split(/^@@ .*\n/m).slice(1);
    return hunks.map((hunk) => ({ file, before: side(hunk, "-"), after: side(hunk, "+") }));
  });
}

function side(hunk: string, sign: "-" | "+"): string {
  const lines = hunk.replace(/\n$/, "").split("\n");
  const kept = lines.filter((line) => line.startsWith(" ") || line.startsWith(sign));
  return kept.map((line) => line.slice(1)).join("\n");
}

async function revert(folder: string, { file, before, after }: Change): Promise<void> {
  const path = join(folder, file);
  const source = await readFile(path, "utf8");
  if (!source.includes(after)) throw new Error(`The installed driver lacks our patch of ${file}.`);
  await writeFile(
    path,
    source.replace(after, () => before),
  );
}

function hookSource(driver: string): string {
  return `import { registerHooks } from "node:module";
registerHooks({
  resolve: (name, context, next) =>
    name === "postgres" ? { url: ${JSON.stringify(driver)}, shortCircuit: true } : next(name, context),
});
`;
}

export const victimProgram = fileURLToPath(new URL("./backend-kills-main.ts", import.meta.url));
