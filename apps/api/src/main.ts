import { runUntilStopped } from "@tsudoi/core/platform/lifecycle.ts";
import { createLogger } from "@tsudoi/core/platform/log.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { LOG_LEVELS } from "@tsudoi/telemetry/names.ts";
import { type Config, readConfig } from "./config.ts";
import { startApi } from "./start.ts";
import { VERSION } from "./system-info.ts";

/** The supervisor's grace is longer: 45 s. */
const FORCE_AFTER_MS = 20_000;

await run(readConfigOrExit());

async function run(config: Config): Promise<void> {
  const metrics = createMetrics("api");
  metrics.appBuildInfo.set({ version: VERSION, node: process.version }, 1);
  const log = createLogger({
    app: "api",
    level: config.logLevel,
    onLine: (line) => {
      const level = LOG_LEVELS.find((name) => name === line);
      if (level !== undefined) metrics.logLinesTotal.inc({ level });
    },
  });
  try {
    const api = await startApi(config, { log, metrics });
    log.info({ url: api.url, metrics_url: api.metricsUrl }, "listening");
    process.send?.({ url: api.url, metricsUrl: api.metricsUrl });
    runUntilStopped(api, { log, metrics, forceAfterMs: FORCE_AFTER_MS });
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
  process.stderr.write(`api: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
