import { once } from "node:events";
import { createServer } from "node:http";
import { CATALOGUE } from "#telemetry/catalogue.ts";
import type { Declaration, LabelSets } from "#telemetry/declaration.ts";
import { type App, createMetrics } from "#telemetry/metrics.ts";

export type Exporter = AsyncDisposable & { address: string };

type AnyMetric = {
  inc?: (labels: object) => void;
  observe?: (labels: object, value: number) => void;
  set?: (labels: object, value: number) => void;
};

const SECONDS = 0.01;

/** A process that does a little of everything between two scrapes. */
export async function startExporter(app: App, leaveOut: string[] = []): Promise<Exporter> {
  const metrics = createMetrics(app);
  const server = createServer((_, response) => {
    for (const [name, declaration] of Object.entries<Declaration>(CATALOGUE)) {
      const mine = declaration.app === app || declaration.app === "both";
      if (mine && !leaveOut.includes(name)) happen(name, declaration, metrics);
    }
    void metrics.render().then(({ contentType, body }) => {
      response.setHeader("content-type", contentType).end(body);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function happen(name: string, declaration: Declaration, metrics: object): void {
  const property = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const metric = (metrics as Record<string, AnyMetric>)[property];
  for (const labels of combinations(declaration.labels)) {
    if (declaration.type === "counter") metric?.inc?.(labels);
    if (declaration.type === "histogram") metric?.observe?.(labels, SECONDS);
    if (declaration.type === "gauge") metric?.set?.(labels, gaugeValue(name));
  }
}

function gaugeValue(name: string): number {
  return name.endsWith("_timestamp_seconds") ? Date.now() / 1000 - 1 : 1;
}

function combinations(sets: LabelSets): object[] {
  return Object.entries(sets).reduce<object[]>(
    (found, [label, values]) =>
      found.flatMap((labels) =>
        ("atMost" in values ? ["any"] : values).map((value) => ({ ...labels, [label]: value })),
      ),
    [{}],
  );
}
