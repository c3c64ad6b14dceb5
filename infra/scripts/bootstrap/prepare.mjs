import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { withLock } from "./lock.mjs";
import { findMissingPackages, installPackages, pnpmFolder } from "./packages.mjs";
import { findMissingPrograms, installPrograms } from "./programs.mjs";
import { Stop } from "./run.mjs";

const REPOSITORY_NODE = 24;

/** The programs that a command starts; every other command needs Node and the packages only. */
const PROGRAMS = {
  start: ["redis"],
  dev: ["redis"],
  bench: ["redis"],
  seed: ["redis"],
  test: ["redis", "chromium", "prometheus", "alertmanager", "japanese"],
};

/** Brings what the command needs and the machine lacks; answers the Node and the environment to run it with. */
export async function prepare({ root, command, env }) {
  if (!existsSync(join(root, "infra/scripts/src", `${command}.ts`))) {
    throw new Stop(`there is no command "${command}"; package.json lists them.`);
  }
  if (process.platform === "win32") {
    throw new Stop("Windows is supported through WSL: run the same command there.");
  }
  const tools = join(root, ".data/tools");
  const withTools = { ...env, PATH: searchPath({ root, tools, env }) };
  const context = { root, tools, env: withTools };
  const wanted = PROGRAMS[command] ?? [];
  if (findMissingPackages(context) || findMissingPrograms(context, wanted).length > 0) {
    await withLock(tools, async () => {
      if (findMissingPackages(context)) await installPackages(context);
      const missing = findMissingPrograms(context, wanted);
      if (missing.length > 0) await installPrograms(context, missing);
    });
  }
  return { node: findNode(root), env: withTools };
}

function searchPath({ root, tools, env }) {
  const ours = [join(root, "node_modules/.bin"), join(tools, "bin"), pnpmFolder(tools)];
  return [...ours, env.PATH ?? ""].join(delimiter);
}

function findNode(root) {
  const ours = join(root, "node_modules/.bin/node");
  if (existsSync(ours)) return ours;
  if (Number(process.versions.node.split(".")[0]) >= REPOSITORY_NODE) return process.execPath;
  throw new Stop(
    `Node ${REPOSITORY_NODE} or newer is needed on ${process.platform}-${process.arch}; this is ${process.version}. See https://nodejs.org`,
  );
}
