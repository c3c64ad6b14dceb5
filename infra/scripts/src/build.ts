import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "./command.ts";
import { Refusal } from "./refusal.ts";
import { ROOT, runProgram } from "./run-step.ts";

const WEB = join(ROOT, "apps/web");
const STAMP = join(WEB, "node_modules/.tsudoi-build");
const SOURCES = [
  "apps/web/{index.html,vite.config.ts,package.json}",
  "apps/web/{src,public}/**/*",
  "packages/shared/src/**/*",
  "pnpm-lock.yaml",
];

/** The folder of the built SPA, built again only when its sources changed. */
export async function buildWeb(onStep: (line: string) => void = () => {}): Promise<string> {
  const folder = join(WEB, "dist");
  const wanted = fingerprint();
  if (existsSync(join(folder, "index.html")) && readStamp() === wanted) return folder;
  onStep("Building the web app");
  const vite = join(WEB, "node_modules/vite/bin/vite.js");
  const args = [vite, "build", WEB, "--logLevel=warn"];
  const code = await runProgram({ name: "build", command: process.execPath, args });
  if (code !== 0) throw new Refusal("the web app could not be built; the reason is above");
  writeFileSync(STAMP, wanted);
  return folder;
}

function fingerprint(): string {
  const hash = createHash("sha256");
  const files = globSync(SOURCES, { cwd: ROOT, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) {
    hash.update(`\0${file.slice(ROOT.length)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function readStamp(): string | undefined {
  return existsSync(STAMP) ? readFileSync(STAMP, "utf8") : undefined;
}

if (import.meta.main) {
  await runCommand(async () => {
    await buildWeb((line) => console.error(line));
  });
}
