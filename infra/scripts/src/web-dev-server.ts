import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./run-step.ts";

const WEB = join(ROOT, "apps/web");
/** What the API answers; everything else is the SPA's. */
const OF_THE_API = ["/trpc", "/files/", "/dev/mail", "/livez", "/readyz", "/startupz"];

type Vite = { createServer: (config: object) => Promise<{ listen: () => Promise<unknown> }> };

/** The SPA from its sources: what changes is in the page at once. It ends by Vite's own handlers. */
async function serveSources(host: string, port: number, apiUrl: string): Promise<void> {
  const path = createRequire(join(WEB, "package.json")).resolve("vite");
  const { createServer } = (await import(pathToFileURL(path).href)) as Vite;
  const server = await createServer({
    root: WEB,
    logLevel: "warn",
    clearScreen: false,
    server: {
      host,
      port,
      strictPort: true,
      proxy: Object.fromEntries(OF_THE_API.map((prefix) => [prefix, apiUrl])),
    },
  });
  await server.listen();
}

process.on("disconnect", () => process.exit());
const [host = "", port = "", apiUrl = ""] = process.argv.slice(2);
await serveSources(host, Number(port), apiUrl);
