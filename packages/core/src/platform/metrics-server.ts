import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";

export type MetricsServer = AsyncDisposable & { url: string };

type Options = {
  host: string;
  port: number;
  metrics: Metrics;
  /** Further questions of the same private kind, such as a worker's probes. */
  answers?: Record<string, () => { status: number; body: string }>;
};

/** The private port: what it tells is for operators, so it is never on the public one. */
export async function serveMetrics(options: Options): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const answer = options.answers?.[path];
    if (answer !== undefined) {
      const { status, body } = answer();
      response.writeHead(status, { "content-type": "application/json" }).end(body);
      return;
    }
    if (path !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    options.metrics.render().then(
      ({ contentType, body }) => response.writeHead(200, { "content-type": contentType }).end(body),
      () => response.writeHead(500).end(),
    );
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(options.port, options.host, resolve);
  await promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${options.host}:${port}/metrics`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}
