import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Config } from "./config.ts";
import { Refusal } from "./refusal.ts";

const POLL_MS = 50;

type Wanted = Pick<Config, "host" | "port" | "metricsPort">;

/** Refuses to begin what would end at a port that somebody else has, and still has after this time. */
export async function refuseTakenPorts(config: Wanted, patienceMs = 0): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const wanted = [
    { setting: "PORT", port: config.port },
    { setting: "METRICS_PORT", port: config.metricsPort },
    { setting: "METRICS_PORT", port: config.metricsPort + 1 },
  ];
  for (const { setting, port } of wanted) {
    let code = await tryListening(config.host, port);
    while (code === "EADDRINUSE" && Date.now() < deadline) {
      await pause(POLL_MS);
      code = await tryListening(config.host, port);
    }
    if (code === undefined) continue;
    if (code === "EADDRINUSE") {
      throw new Refusal(
        `port ${port} is taken: stop what uses it, or set ${setting} to a free one`,
      );
    }
    const wrong = code === "EACCES" ? setting : "HOST";
    throw new Refusal(`cannot listen at ${config.host}, port ${port} (${code}): set ${wrong}`);
  }
}

async function tryListening(host: string, port: number): Promise<string | undefined> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  return await promise;
}
