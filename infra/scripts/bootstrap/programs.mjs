import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { installPackagesOfDebian, isDebian } from "./debian.mjs";
import { Stop } from "./run.mjs";

const PROGRAMS = {
  redis: {
    names: ["valkey-server", "redis-server"],
    packages: ["redis-server"],
    units: ["redis-server"],
  },
  chromium: {
    names: ["chromium", "chromium-browser", "google-chrome"],
    packages: ["chromium"],
    units: [],
  },
  prometheus: { names: ["promtool"], packages: ["prometheus"], units: ["prometheus"] },
  alertmanager: {
    names: ["amtool"],
    packages: ["prometheus-alertmanager"],
    units: ["prometheus-alertmanager"],
  },
  japanese: { font: "ja", packages: ["fontconfig", "fonts-noto-cjk"], units: [] },
};

/** Which of the wanted programs are neither on the search path nor replaced by a setting. */
export function findMissingPrograms({ env }, wanted) {
  return wanted.filter((name) => {
    if (name === "redis" && env.REDIS_URL) return false;
    const { names, font } = PROGRAMS[name];
    return font ? !hasFont(font, env) : !names.some((program) => isOnPath(program, env));
  });
}

/** Installs them where the system is known to have them; answers why it could not, or undefined. */
export async function installPrograms(context, names) {
  if (!isDebian()) return "only on Debian and Ubuntu does this happen by itself";
  const programs = names.map((name) => PROGRAMS[name]);
  return await installPackagesOfDebian(context, programs);
}

export function missingPrograms(names, reason = "they were installed, yet are not found") {
  const packages = names.flatMap((name) => PROGRAMS[name].packages).join(", ");
  const instead = names.includes("redis") ? ", or set DATABASE_URL and REDIS_URL" : "";
  return new Stop(`not installed: ${packages} (${reason}). Install by hand${instead}.`);
}

function isOnPath(program, env) {
  return env.PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder || ".", program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function hasFont(language, env) {
  if (process.platform !== "linux") return true;
  const { status, stdout } = spawnSync("fc-list", [`:lang=${language}`], { env, encoding: "utf8" });
  return status === 0 && stdout.trim() !== "";
}
