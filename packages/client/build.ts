import { execFileSync } from "node:child_process";
import {
  globSync,
  mkdirSync,
  mkdtempDisposableSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HERE = import.meta.dirname;
const DIST = join(HERE, "dist");
const CONTRACT = join(DIST, "contract");
const SHARED = join(HERE, "../shared");
const TSC = join(HERE, "../../node_modules/typescript/bin/tsc");
/** `pnpm --filter @tsudoi/api types` writes it. */
const ROUTER = join(HERE, "../../apps/api/types/router.d.ts");

rmSync(DIST, { recursive: true, force: true });
compile("-p", join(HERE, "tsconfig.build.json"));
for (const file of globSync(join(DIST, "*.d.ts"))) {
  writeFileSync(file, toShipped(readFileSync(file, "utf8")));
}
writeFileSync(join(DIST, "router.d.ts"), toShipped(readFileSync(ROUTER, "utf8")));
mkdirSync(CONTRACT);
copyContract();
refuseLeaks();

/** The plain types of the contract, without the schemas some of them come from: those need zod. */
function copyContract(): void {
  using emitted = mkdtempDisposableSync(join(tmpdir(), "tsudoi-contract-"));
  const declarations = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly"];
  compile("-p", SHARED, ...declarations, "--rootDir", SHARED, "--outDir", emitted.path);
  const wanted = new Set(modulesIn(readFileSync(ROUTER, "utf8"), "@tsudoi/shared/"));
  // The set grows while it is walked.
  for (const module of wanted) {
    const declared = readFileSync(join(emitted.path, "src", `${module}.d.ts`), "utf8");
    const kept = statementsOf(declared).filter(isPlainType).join("");
    for (const imported of modulesIn(kept, "./")) wanted.add(imported);
    writeFileSync(join(CONTRACT, `${module}.d.ts`), toShipped(kept));
  }
}

function modulesIn(declarations: string, prefix: string): string[] {
  const parts = declarations.split(`"${prefix}`).slice(1);
  return parts.map((part) => part.slice(0, part.indexOf(".ts")));
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

/** Readers have no packages of ours, and `.js` where the source has `.ts`. */
function toShipped(declarations: string): string {
  return declarations
    .replaceAll("@tsudoi/api/router.ts", "./router.ts")
    .replaceAll("@tsudoi/shared/", "./contract/")
    .replace(/(["'])(\.\/[\w./-]+)\.ts\1/g, "$1$2.js$1");
}

function refuseLeaks(): void {
  const files = globSync(join(DIST, "**/*.{js,ts}"));
  const leaks = files.filter((file) => /["']@tsudoi\/|\bzod\b/.test(readFileSync(file, "utf8")));
  if (leaks.length > 0) throw new Error(`these name what is not shipped: ${leaks.join(", ")}`);
}

function compile(...args: string[]): void {
  execFileSync(process.execPath, [TSC, ...args], { stdio: "inherit" });
}
