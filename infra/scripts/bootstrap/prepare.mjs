import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { FONT_SETTINGS } from "./debian.mjs";
import { withLock } from "./lock.mjs";
import { findMissingPackages, installPackages, pnpmFolder } from "./packages.mjs";
import { describeMissing, findMissingPrograms, installPrograms } from "./programs.mjs";
import { Stop } from "./run.mjs";

const REPOSITORY_NODE = 24;

/** Commands that run on somebody else's services when they are told to. */
const JOINING = ["start", "dev", "seed"];

/** The programs that a command starts; every other command needs Node and the packages only. */
const PROGRAMS = {
  start: ["redis"],
  dev: ["redis"],
  bench: ["redis"],
  seed: ["redis"],
  pictures: ["redis", "chromium", "japanese"],
  test: ["redis", "chromium", "prometheus", "alertmanager", "caddy", "japanese"],
};

/** Brings what the command needs and the machine lacks; answers what to run it with. */
export async function prepare({ root, command, env }) {
  const script = findScript(root, command);
  if (process.platform === "win32") {
    throw new Stop("Windows is supported through WSL: run the same command there.");
  }
  const tools = join(root, ".data/tools");
  const context = { root, tools, command, env: environment({ root, tools, env }) };
  const joins = JOINING.includes(command) && Boolean(env.REDIS_URL);
  const wanted = joins ? [] : (PROGRAMS[command] ?? []);
  if (findMissingPackages(context) || findMissingPrograms(context, wanted).length > 0) {
    await withLock(tools, () => install(context, wanted));
  }
  return { script, node: findNode(root), env: environment({ root, tools, env }) };
}

async function install(context, wanted) {
  if (findMissingPackages(context)) await installPackages(context);
  const absent = findMissingPrograms(context, wanted);
  if (absent.length === 0) return;
  const reason = await installPrograms(context, absent);
  const missing = findMissingPrograms({ ...context, env: environment(context) }, absent);
  if (missing.length === 0) return;
  const instead = JOINING.includes(context.command) ? ", or set DATABASE_URL and REDIS_URL" : "";
  throw new Stop(`${describeMissing(missing, reason)} Install by hand${instead}.`);
}

/** A command is a script of its own, or an app's main program. */
function findScript(root, command) {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const known = Object.values(scripts).some(
    (script) => /bootstrap\.mjs (\S+)/.exec(script)?.[1] === command,
  );
  const places = [`infra/scripts/src/${command}.ts`, `apps/${command}/src/main.ts`];
  const place = places.find((path) => existsSync(join(root, path)));
  if (known && place) return join(root, place);
  throw new Stop(`there is no command "${command}"; package.json lists them.`);
}

function environment({ root, tools, env }) {
  const ours = [join(root, "node_modules/.bin"), join(tools, "bin"), pnpmFolder(tools)];
  const fonts = join(tools, FONT_SETTINGS);
  return {
    ...env,
    PATH: [...ours, env.PATH ?? ""].join(delimiter),
    TURBO_TELEMETRY_DISABLED: "1",
    ...(existsSync(fonts) ? { FONTCONFIG_FILE: fonts } : {}),
  };
}

function findNode(root) {
  const ours = join(root, "node_modules/.bin/node");
  if (existsSync(ours)) return ours;
  if (Number(process.versions.node.split(".")[0]) >= REPOSITORY_NODE) return process.execPath;
  throw new Stop(
    `Node ${REPOSITORY_NODE} or newer is needed on ${process.platform}-${process.arch}; this is ${process.version}. See https://nodejs.org`,
  );
}
