import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { Logger } from "./log.ts";

export type Stoppable = { stop: () => Promise<void> };

/**
 * Runs until told to stop, then drains: the first signal starts it, the second or the deadline forces it.
 * A fault nobody handled ends the process: its state is unknown, and the supervisor starts a fresh one.
 */
export function runUntilStopped(
  app: Stoppable,
  options: { log: Logger; metrics: Metrics; forceAfterMs: number },
): void {
  const { log, metrics } = options;
  let stopping = false;
  const stop = (why: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ why }, "stopping");
    const since = performance.now();
    metrics.shutdownDurationSeconds.collectWith(() =>
      metrics.shutdownDurationSeconds.set((performance.now() - since) / 1_000),
    );
    const force = setTimeout(() => {
      log.error("the drain did not end in time");
      process.exit(1);
    }, options.forceAfterMs);
    force.unref();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
  // A supervisor that dies closes this pipe; an orphan would hold the ports and the data.
  if (process.channel !== undefined) process.on("disconnect", () => stop("the supervisor is gone"));
  for (const fault of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(fault, (error: unknown) => {
      log.fatal({ err: error }, fault);
      log.flush(() => process.exit(1));
    });
  }
}

/** Waits for a promise, but no longer than this. */
export async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
