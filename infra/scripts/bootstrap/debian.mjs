import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { reasonOf, run, step } from "./run.mjs";

const POLICY = "/usr/sbin/policy-rc.d";
const SAVED_POLICY = `${POLICY}.before-tsudoi`;
export const FONT_SETTINGS = "fonts.conf";
const LISTS = "/var/lib/apt/lists";
const APT_SETTINGS = [
  "-o=DPkg::Lock::Timeout=300",
  "-o=Acquire::Retries=1",
  "-o=Acquire::http::Timeout=20",
  "-o=Acquire::https::Timeout=20",
  "-o=Dpkg::Use-Pty=0",
  "-o=Dpkg::Options::=--force-confold",
];

export function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

/** As root by apt, else unpacked into the tools folder; answers why it failed, or undefined. */
export async function installPackagesOfDebian(context, programs) {
  const names = programs.flatMap((program) => program.packages);
  const asRoot = process.getuid() === 0;
  step(asRoot ? `Installing ${names.join(", ")} by apt` : `Unpacking ${names.join(", ")}`);
  const apt = {
    ...context,
    env: { ...context.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" },
  };
  const install = asRoot ? installForAll : unpackForUs;
  const result = await install(apt, programs);
  return result.code === 0 ? undefined : reasonOf(result);
}

async function installForAll({ env }, programs) {
  const names = programs.flatMap((program) => program.packages);
  const units = programs.flatMap((program) => program.units);
  return await withoutServices(async () => {
    const install = () =>
      run(
        "apt-get",
        ["install", "-y", "-q", "--no-install-recommends", ...APT_SETTINGS, ...names],
        { env },
      );
    const first = await withKnownPackages(env, names, install);
    if (existsSync("/run/systemd/system") && units.length > 0) {
      // Their start at the next boot would take ports that nobody gave them.
      await run("systemctl", ["disable", "--now", ...units], { env, quiet: true });
    }
    return first;
  });
}

/** Lists of packages may be absent, or too old to download by. */
async function withKnownPackages(env, names, install) {
  const known = await run("apt-cache", ["show", ...names], { env, quiet: true });
  if (known.code === 0) {
    const result = await install();
    if (result.code === 0) return result;
  }
  step("Reading apt's package lists");
  const update = await run("apt-get", ["update", "-q", ...APT_SETTINGS], { env });
  const result = await install();
  return result.code !== 0 && update.code !== 0 ? update : result;
}

/** Debian starts a service as it installs it; this file is how it asks whether it may. */
async function withoutServices(work) {
  if (existsSync(POLICY) && !existsSync(SAVED_POLICY)) renameSync(POLICY, SAVED_POLICY);
  writeFileSync(POLICY, "#!/bin/sh\nexit 101\n");
  chmodSync(POLICY, 0o755);
  const restore = () => {
    if (existsSync(SAVED_POLICY)) renameSync(SAVED_POLICY, POLICY);
    else rmSync(POLICY, { force: true });
  };
  process.once("exit", restore);
  try {
    return await work();
  } finally {
    process.off("exit", restore);
    restore();
  }
}

async function unpackForUs({ tools, env }, programs) {
  const names = programs.flatMap((program) => program.packages);
  const downloads = join(tools, "downloads");
  mkdirSync(downloads, { recursive: true });
  const options = await readableLists({ tools, env });
  const plan = await run(
    "apt-get",
    ["install", "--simulate", "--no-install-recommends", ...options, ...names],
    {
      env,
      quiet: true,
    },
  );
  if (plan.code !== 0) return plan;
  const needed = plan.lines.map((line) => /^Inst (\S+)/.exec(line)?.[1]).filter(Boolean);
  const download = await run("apt-get", ["download", ...options, ...needed], {
    cwd: downloads,
    env,
  });
  if (download.code !== 0) return download;
  step(`  ${needed.length} packages`);
  for (const file of readdirSync(downloads).filter((name) => name.endsWith(".deb"))) {
    const unpack = await run("dpkg", ["-x", file, join(tools, "root")], { cwd: downloads, env });
    if (unpack.code !== 0) return unpack;
  }
  rmSync(downloads, { recursive: true, force: true });
  writeLaunchers(tools);
  writeFontSettings(tools);
  return plan;
}

/** Nobody but root may refresh the system's lists: where there are none, ours are read into the tools folder. */
async function readableLists({ tools, env }) {
  const has = (folder) =>
    existsSync(folder) && readdirSync(folder).some((name) => /_Packages/.test(name));
  if (has(LISTS)) return APT_SETTINGS;
  const lists = join(tools, "apt/lists");
  const cache = join(tools, "apt/cache");
  for (const folder of [lists, cache]) mkdirSync(join(folder, "partial"), { recursive: true });
  const options = [...APT_SETTINGS, `-o=Dir::State::lists=${lists}`, `-o=Dir::Cache=${cache}`];
  if (!has(lists)) {
    step("Reading apt's package lists");
    await run("apt-get", ["update", "-q", ...options], { env });
  }
  return options;
}

const LAUNCHED = [
  "usr/bin/redis-server",
  "usr/lib/chromium/chromium",
  "usr/bin/prometheus",
  "usr/bin/promtool",
  "usr/bin/amtool",
  "usr/bin/caddy",
  "usr/bin/fc-list",
];

/** What is unpacked finds its libraries beside it, and no other program is led to them. */
function writeLaunchers(tools) {
  const root = join(tools, "root");
  const folder = join(tools, "bin");
  mkdirSync(folder, { recursive: true });
  const libraries = ["usr/lib", "lib"]
    .flatMap((path) => libraryFolders(join(root, path)))
    .join(":");
  for (const program of LAUNCHED.filter((path) => existsSync(join(root, path)))) {
    const lines = [
      "#!/bin/sh",
      `export LD_LIBRARY_PATH="${libraries}"`,
      `exec "${join(root, program)}" "$@"`,
    ];
    writeFileSync(join(folder, basename(program)), `${lines.join("\n")}\n`, { mode: 0o755 });
  }
}

function libraryFolders(folder) {
  const folders = subfolders(folder).filter((path) => path.endsWith("-linux-gnu"));
  return [folder, ...folders, ...folders.flatMap(subfolders).filter(hasLibraries)];
}

function subfolders(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

function hasLibraries(folder) {
  return readdirSync(folder).some((name) => /^lib.*\.so/.test(name));
}

/** The system's fonts and ours; the command's environment points at this file. */
function writeFontSettings(tools) {
  const lines = [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
    "<fontconfig>",
    '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>',
    `<dir>${join(tools, "root/usr/share/fonts")}</dir>`,
    `<cachedir>${join(tools, "font-cache")}</cachedir>`,
    "</fontconfig>",
  ];
  writeFileSync(join(tools, FONT_SETTINGS), `${lines.join("\n")}\n`);
}
