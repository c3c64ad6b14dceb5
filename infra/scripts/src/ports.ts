import { createServer } from "node:net";
import type { Config } from "./config.ts";
import { Refusal } from "./refusal.ts";

/** Refuses to begin what would end at a port that somebody else has. */
export async function refuseTakenPorts(config: Config): Promise<void> {
  const wanted = [
    { setting: "PORT", port: config.port },
    { setting: "METRICS_PORT", port: config.metricsPort },
    { setting: "METRICS_PORT", port: config.metricsPort + 1 },
  ];
  for (const { setting, port } of wanted) {
    const code = await tryListening(config.host, port);
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
