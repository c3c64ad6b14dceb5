import { createMetrics, type Metrics } from "@tsudoi/telemetry/metrics.ts";
import { LOG_LEVELS } from "@tsudoi/telemetry/names.ts";
import { runUntilStopped, type Stoppable } from "./lifecycle.ts";
import { createLogger, type Logger, type LogLevel } from "./log.ts";

export type Running = Stoppable & { url?: string; metricsUrl: string };

type Program<Config> = {
  app: "api" | "worker";
  version: string;
  readConfig: () => Config;
  start: (config: Config, parts: { log: Logger; metrics: Metrics }) => Promise<Running>;
  /** Logged once it serves, for whoever waits for it. */
  ready: string;
  forceAfterMs: number;
};

/** A process from its settings to its end; what keeps it from starting is one line for the person who starts it. */
export async function runProcess<Config extends { logLevel: LogLevel }>(
  program: Program<Config>,
): Promise<void> {
  try {
    const config = program.readConfig();
    const metrics = createMetrics(program.app);
    metrics.appBuildInfo.set({ version: program.version, node: process.version }, 1);
    const log = createLogger({
      app: program.app,
      level: config.logLevel,
      onLine: (line) => {
        const level = LOG_LEVELS.find((name) => name === line);
        if (level !== undefined) metrics.logLinesTotal.inc({ level });
      },
    });
    const running = await program.start(config, { log, metrics });
    log.info({ url: running.url, metrics_url: running.metricsUrl }, program.ready);
    runUntilStopped(running, { log, metrics, forceAfterMs: program.forceAfterMs });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${program.app}: ${reason}\n`);
    process.exit(1);
  }
}
