import { execFile } from "node:child_process";
import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { buildWeb } from "#scripts/build.ts";
import { inheritedVariables } from "#scripts/config.ts";
import { createContextFilter, ROOT, readDockerfile, type Stage } from "./dockerfile.ts";

const run = promisify(execFile);

export type Image = { folder: string; env: Record<string, string>; command: string[] };

const APP = "/app";
/** Links as they are; on Linux the files are hard links, for a hundred megabytes each time. */
const COPY = process.platform === "linux" ? "-RPl" : "-RP";

/**
 * Follows the Dockerfile without an engine: what a target copies lies in a folder of its own, and nothing else does.
 * The built SPA is the one that the tests have.
 */
export async function assembleImages<Target extends string>(
  targets: readonly Target[],
  folder: string,
): Promise<Record<Target, Image>> {
  const { stages } = readDockerfile();
  const find = (name: string) => {
    const stage = stages.get(name);
    if (stage === undefined) throw new Error(`the Dockerfile has no stage ${name}`);
    return stage;
  };
  const from = new Set(
    targets.flatMap((target) => find(target).copies.flatMap((copy) => copy.from ?? [])),
  );
  const path = await placePnpm(folder);
  for (const name of from) await buildStage(find(name), join(folder, name), path);
  const images = await Promise.all(
    targets.map(async (target) => [target, await copyTarget(find(target), folder)] as const),
  );
  return Object.fromEntries(images) as Record<Target, Image>;
}

/** The package manager as the image installs it: the version that package.json names. */
async function placePnpm(folder: string): Promise<string> {
  const { packageManager } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const bin = join(folder, "bin");
  await mkdir(bin);
  await writeFile(join(bin, "pnpm"), `#!/bin/sh\nexec npx --yes ${packageManager} "$@"\n`);
  await chmod(join(bin, "pnpm"), 0o755);
  return [bin, dirname(process.execPath), inheritedVariables().PATH].join(delimiter);
}

async function buildStage(stage: Stage, folder: string, path: string): Promise<void> {
  const isInContext = createContextFilter();
  await cp(ROOT, folder, {
    recursive: true,
    filter: (source) => source === ROOT || isInContext(relative(ROOT, source)),
  });
  if (stage.name === "web-build") {
    await cp(await buildWeb(), join(folder, "apps/web/dist"), { recursive: true });
    return;
  }
  const script = stage.instructions
    .filter(({ name, text }) => name === "RUN" && text.includes("pnpm install"))
    .map(({ text }) => text.replace(/--mount=\S+ |--store-dir=\S+ /g, ""))
    .join("\n");
  const env = { ...inheritedVariables(), ...stage.env, PATH: path };
  await run("sh", ["-ec", script], { cwd: folder, env });
}

async function copyTarget(stage: Stage, folder: string): Promise<Image> {
  const image = join(folder, `image-${stage.name}`);
  await mkdir(image);
  for (const { from, sources, to } of stage.copies) {
    for (const source of sources) {
      const origin =
        from === undefined ? join(ROOT, source) : source.replace(APP, join(folder, from));
      const target = join(image, to);
      await mkdir(to.endsWith("/") ? target : dirname(target), { recursive: true });
      await run("cp", [from === undefined ? "-RP" : COPY, origin, target]);
    }
  }
  const env = Object.entries(stage.env).map(([name, value]) => [name, value.replace(APP, image)]);
  return { folder: image, env: Object.fromEntries(env), command: stage.command ?? [] };
}
