import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { reasonOf, run, Stop, step } from "./run.mjs";

const STAMP = "node_modules/.tsudoi-install";
const WORKSPACES = ["apps", "packages"];
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|network|dns error|error sending request|failed to lookup/i;

export function pnpmFolder(tools) {
  return join(tools, "pnpm/node_modules/.bin");
}

/** Whether what is installed is not what the lockfile asks for. */
export function findMissingPackages({ root }) {
  const stamp = join(root, STAMP);
  return !existsSync(stamp) || readFileSync(stamp, "utf8") !== fingerprint(root);
}

/** Brings pnpm when absent and installs exactly what the lockfile names. */
export async function installPackages(context) {
  const { root, tools, env } = context;
  await bringPnpm(context);
  step("Installing packages");
  const settings = [
    "--frozen-lockfile",
    "--reporter=append-only",
    "--config.confirmModulesPurge=false",
    "--config.fetchRetries=2",
    "--config.fetchRetryMintimeout=1000",
    "--config.fetchRetryMaxtimeout=2000",
  ];
  const result = await run(join(pnpmFolder(tools), "pnpm"), ["install", ...settings], {
    cwd: root,
    env: { ...env, CI: "true" },
  });
  if (result.code !== 0) throw failure("the packages could not be installed", result);
  markInstalled(root);
}

export function markInstalled(root) {
  writeFileSync(join(root, STAMP), fingerprint(root));
}

async function bringPnpm({ root, tools, env }) {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const installed = join(tools, "pnpm/node_modules/pnpm/package.json");
  if (existsSync(installed)) {
    const { version } = JSON.parse(readFileSync(installed, "utf8"));
    if (packageManager === `pnpm@${version}`) return;
  }
  step(`Fetching ${packageManager}`);
  const settings = [
    "--no-save",
    "--no-audit",
    "--no-fund",
    "--no-package-lock",
    "--fetch-retries=2",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=5000",
  ];
  const npm = findNpm(env);
  const result = await run(
    npm.program,
    [...npm.args, "install", "--prefix", join(tools, "pnpm"), ...settings, packageManager],
    { cwd: tools, env },
  );
  if (result.code !== 0) throw failure(`${packageManager} could not be fetched`, result);
}

function findNpm(env) {
  const beside = join(dirname(process.execPath), "npm");
  if (env.npm_execpath?.endsWith("npm-cli.js")) {
    return { program: process.execPath, args: [env.npm_execpath] };
  }
  return { program: existsSync(beside) ? beside : "npm", args: [] };
}

function failure(what, result) {
  if (result.lines.some((line) => line.includes("OUTDATED_LOCKFILE"))) {
    return new Stop("pnpm-lock.yaml does not match the package.json files: run `pnpm install`.");
  }
  const unreachable = result.lines.some((line) => UNREACHABLE.test(line));
  const reason = unreachable ? "the package registry does not answer" : reasonOf(result);
  return new Stop(`${what}: ${reason}`);
}

function fingerprint(root) {
  const manifests = WORKSPACES.flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}/package.json`),
  );
  const patches = existsSync(join(root, "patches")) ? readdirSync(join(root, "patches")) : [];
  const files = [
    "package.json",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "infra/scripts/package.json",
    ...manifests,
    ...patches.map((name) => `patches/${name}`),
  ];
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}`);
  for (const file of files.filter((name) => existsSync(join(root, name))).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}
