import { execFileSync } from "node:child_process";
import { globSync, mkdtempDisposableSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const HERE = import.meta.dirname;
const DIST = join(HERE, "dist");
const CONTRACT = join(DIST, "contract");
const SHARED = join(HERE, "../shared");
const TSC = join(HERE, "../../node_modules/typescript/bin/tsc");
/** `pnpm --filter @tsudoi/api types` writes it. */
const ROUTER = join(HERE, "../../apps/api/types/router.d.ts");

rmSync(DIST, { recursive: true, force: true });
compile("-p", join(HERE, "tsconfig.build.json"));
for (const file of globSync(join(DIST, "*.d.ts"))) rewrite(file, file);
rewrite(ROUTER, join(DIST, "router.d.ts"));
await mkdir(CONTRACT);
copyContract();
refuseLeaks();

/** The plain types of the contract, without the schemas some of them come from: those need zod. */
function copyContract(): void {
  using emitted = mkdtempDisposableSync(join(tmpdir(), "tsudoi-contract-"));
  const declarations = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly"];
  compile("-p", SHARED, ...declarations, "--rootDir", SHARED, "--outDir", emitted.path);
  for (const file of globSync(join(emitted.path, "src/*.d.ts"))) {
    const kept = statementsOf(readFileSync(file, "utf8")).filter(isPlainType);
    writeFileSync(file, kept.join(""));
    rewrite(file, join(CONTRACT, basename(file)));
  }
}

/** Each with the comment before it; the compiler writes what is inside of them indented. */
function statementsOf(declarations: string): string[] {
  return declarations.split(/^(?=\/\*\*|(?<!\*\/\n)(?:export|import|declare|type)\b)/m);
}

function isPlainType(statement: string): boolean {
  const code = statement.replace(/^\/\*\*[\s\S]*?\*\/\n/, "");
  return (
    /^(?:import |export type |export declare const \w+: readonly \[)/.test(code) &&
    !/\bz\b/.test(code)
  );
}

/** Readers have no packages of ours, and no compiler of ours that reads `.ts` where `.js` lies. */
function rewrite(from: string, to: string): void {
  const text = readFileSync(from, "utf8")
    .replaceAll("@tsudoi/api/router.ts", "./router.ts")
    .replaceAll("@tsudoi/shared/", "./contract/")
    .replace(/(["'])(\.\/[\w./-]+)\.ts\1/g, "$1$2.js$1");
  writeFileSync(to, text);
}

function refuseLeaks(): void {
  const files = globSync(join(DIST, "**/*.{js,ts}"));
  const leaks = files.filter((file) => /["']@tsudoi\/|\bzod\b/.test(readFileSync(file, "utf8")));
  if (leaks.length > 0) throw new Error(`these name what is not shipped: ${leaks.join(", ")}`);
}

function compile(...args: string[]): void {
  execFileSync(process.execPath, [TSC, ...args], { stdio: "inherit" });
}
