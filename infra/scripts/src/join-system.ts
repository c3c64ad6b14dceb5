import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { freePort } from "@tsudoi/core/test/services/ports.ts";
import { givenVariables, inheritedVariables, readOperatorConfig } from "./config.ts";
import { refuseUnmigrated, refuseUnusable } from "./database.ts";
import { Refusal } from "./refusal.ts";
import { ROOT } from "./run-step.ts";
import { findRunningServices } from "./services-file.ts";

/** Runs one more process of a system: the one of the settings, or the one that runs on the data folder. */
export async function joinSystem(name: "api" | "worker"): Promise<number> {
  const { dataDir, databaseUrl } = readOperatorConfig();
  const given = givenVariables();
  const joined = databaseUrl === undefined ? await variablesOfRunning(dataDir) : {};
  const env: Record<string, string> = { ...inheritedVariables(), ...joined, ...given };
  await refuseUnusable(env.DATABASE_URL ?? "");
  await refuseUnmigrated(env.DATABASE_URL ?? "");
  const child = spawn(process.execPath, [`apps/${name}/src/main.ts`], {
    cwd: ROOT,
    env,
    detached: true,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  // It drains at the first signal and ends at once at the second: one press is one signal.
  let asked = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!asked) child.kill("SIGTERM");
      asked = true;
    });
  }
  const [code, signal] = await once(child, "exit");
  return code ?? 128 + (constants.signals[signal as NodeJS.Signals] ?? 0);
}

/** Its own ports are free ones: those of the settings belong to the processes that run already. */
async function variablesOfRunning(dataDir: string): Promise<Record<string, string>> {
  const services = findRunningServices(dataDir);
  if (services === undefined) {
    throw new Refusal(
      `no system runs on data folder ${dataDir}: run "npm start" first, or set DATABASE_URL and REDIS_URL`,
    );
  }
  const [port, metricsPort] = [await freePort(), await freePort()];
  return { ...services.env, PORT: String(port), METRICS_PORT: String(metricsPort) };
}
