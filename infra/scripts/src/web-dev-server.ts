import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "./config.ts";
import { ROOT } from "./run-step.ts";

const WEB = join(ROOT, "apps/web");
/** What the API answers; everything else is the SPA's. */
const OF_THE_API = ["/trpc", "/dev/mail", "/livez", "/readyz", "/startupz"];

type Vite = {
  createServer: (
    config: object,
  ) => Promise<{ listen: () => Promise<unknown>; close: () => Promise<void> }>;
};

/** The SPA from its sources, on the address that people open: what changes is in the page at once. */
export async function startWebDevServer(config: Config, apiUrl: string): Promise<AsyncDisposable> {
  const path = createRequire(join(WEB, "package.json")).resolve("vite");
  const { createServer } = (await import(pathToFileURL(path).href)) as Vite;
  const server = await createServer({
    root: WEB,
    logLevel: "warn",
    clearScreen: false,
    server: {
      host: config.host,
      port: config.port,
      strictPort: true,
      proxy: Object.fromEntries(OF_THE_API.map((prefix) => [prefix, apiUrl])),
    },
  });
  await server.listen();
  return { [Symbol.asyncDispose]: () => server.close() };
}
