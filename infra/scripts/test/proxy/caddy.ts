import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { startChild } from "@tsudoi/core/test/services/child.ts";
import { freePort } from "@tsudoi/core/test/services/ports.ts";
import { findTool } from "@tsudoi/core/test/services/tools.ts";
import { environmentOf, INFRA, readCompose, readExample } from "../images/compose.ts";

const run = promisify(execFile);
const CADDYFILE = join(INFRA, "docker/proxy/Caddyfile");

/** A service's environment as the compose file gives it; secrets are the test's own. */
export function deployedEnvironment(
  name: "api" | "proxy",
  settings: Record<string, string>,
): Record<string, string> {
  const service = readCompose().services[name];
  if (service === undefined) throw new Error(`the compose file has no ${name}`);
  const secret = { SECRETS: "-", APP_DATABASE_PASSWORD: "-", REDIS_PASSWORD: "-" };
  return environmentOf(service, { ...readExample().given, ...secret, ...settings });
}

/** Checks or shows the repository's own file, to the letter; answers everything that Caddy says about it. */
export async function readByCaddy(
  command: "validate" | "adapt",
  { folder, settings }: { folder: string; settings: Record<string, string> },
): Promise<{ config: string; said: string }> {
  const env = { ...deployedEnvironment("proxy", settings), HOME: folder };
  const args = [command, "--config", CADDYFILE, "--adapter", "caddyfile"];
  const { stdout, stderr } = await run(await findTool("caddy"), args, { env, cwd: folder });
  return { config: stdout, said: stderr };
}

export type RunningProxy = AsyncDisposable & { healthUrl: string };

type Wanted = {
  folder: string;
  settings: Record<string, string>;
  /** Where the replicas listen, and who knows their addresses. */
  upstreamPort: number;
  namesPort: number;
};

/** The repository's Caddyfile on loopback, with what an engine would give it: a name server, ports of its own. */
export async function startProxy({ folder, settings, ...places }: Wanted): Promise<RunningProxy> {
  const healthPort = await freePort();
  let text = await readFile(CADDYFILE, "utf8");
  const put = (ours: string, here: string) => {
    if (text.split(ours).length !== 2) throw new Error(`the Caddyfile has not one "${ours}"`);
    text = text.replace(ours, here);
  };
  put("\tadmin off\n", "\tadmin off\n\tdefault_bind 127.0.0.1\n");
  put(
    "\t\tport 3000\n",
    `\t\tport ${places.upstreamPort}\n\t\tresolvers udp/127.0.0.1:${places.namesPort}\n`,
  );
  put("http://127.0.0.1:2020 {", `http://127.0.0.1:${healthPort} {`);
  const file = join(folder, "Caddyfile");
  await writeFile(file, text);
  const child = await startChild({
    name: "Caddy",
    command: await findTool("caddy"),
    args: ["run", "--config", file, "--adapter", "caddyfile"],
    cwd: folder,
    env: { ...deployedEnvironment("proxy", settings), HOME: folder },
    ready: /"serving initial configuration"/,
  });
  return {
    healthUrl: `http://127.0.0.1:${healthPort}/livez`,
    [Symbol.asyncDispose]: () => child.stop([{ signal: "SIGTERM", forMs: 2_000 }]),
  };
}
