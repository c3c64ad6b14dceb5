import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { installPackagesOfDebian, isDebian } from "./debian.mjs";

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
  caddy: { names: ["caddy"], packages: ["caddy"], units: ["caddy"] },
  japanese: { font: "ja", packages: ["fontconfig", "fonts-noto-cjk"], units: [] },
};

/** Which of the wanted programs the machine lacks. */
export function findMissingPrograms({ env }, wanted) {
  return wanted.filter((name) => {
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

export function describeMissing(names, reason = "installing did not bring it") {
  const packages = names.flatMap((name) => PROGRAMS[name].packages).join(", ");
  return `not installed: ${packages} (${reason}).`;
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
