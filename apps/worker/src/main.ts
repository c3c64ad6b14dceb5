import { readFileSync } from "node:fs";
import { runUntilStopped } from "@tsudoi/core/platform/lifecycle.ts";
import { createLogger } from "@tsudoi/core/platform/log.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { LOG_LEVELS } from "@tsudoi/telemetry/names.ts";
import { type Config, readConfig } from "./config.ts";
import { startWorker } from "./start.ts";

/** Jobs get 25 s to finish; the supervisor's grace is longer: 45 s. */
const FORCE_AFTER_MS = 35_000;

const { version } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { version: string };

await run(readConfigOrExit());

async function run(config: Config): Promise<void> {
  const metrics = createMetrics("worker");
  metrics.appBuildInfo.set({ version, node: process.version }, 1);
  const log = createLogger({
    app: "worker",
    level: config.logLevel,
    onLine: (line) => {
      const level = LOG_LEVELS.find((name) => name === line);
      if (level !== undefined) metrics.logLinesTotal.inc({ level });
    },
  });
  try {
    const worker = await startWorker(config, { log, metrics });
    log.info({ metrics_url: worker.metricsUrl, queues: config.queues }, "working");
    process.send?.({ metricsUrl: worker.metricsUrl });
    runUntilStopped(worker, { log, metrics, forceAfterMs: FORCE_AFTER_MS });
  } catch (error) {
    fail(error);
  }
}

function readConfigOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    return fail(error);
  }
}

/** One line for the person who starts it. */
function fail(error: unknown): never {
  process.stderr.write(`worker: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
