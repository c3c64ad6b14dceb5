import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Config, inheritedVariables } from "./config.ts";
import type { Progress } from "./progress.ts";
import type { RunBook } from "./run-record.ts";
import { type SupervisedChild, superviseChild } from "./supervisor.ts";

/** Longer than the process's own deadline, which leaves a log line. */
const GRACE_MS = { web: 2_000, api: 25_000, worker: 40_000 };
const PROBE_MS = 1_000;

export type ProcessOptions = {
  config: Config;
  env: Record<string, string>;
  /** Start again whenever a source file changes. */
  watch: boolean;
  progress: Progress;
  book: RunBook;
  onGiveUp: (reason: string) => void;
};

export function startApiProcess(options: ProcessOptions): SupervisedChild {
  const { config } = options;
  return startProcess("api", options, {
    title: "The API",
    env: { PORT: String(config.port), METRICS_PORT: String(config.metricsPort) },
    probe: `${localUrl(config.host, config.port)}/livez`,
  });
}

export function startWorkerProcess(options: ProcessOptions): SupervisedChild {
  const { config } = options;
  const port = config.metricsPort + 1;
  return startProcess("worker", options, {
    title: "The worker",
    env: { METRICS_PORT: String(port) },
    probe: `${localUrl(config.host, port)}/livez`,
  });
}

/** The SPA's sources on the address that people open, with the API of another port behind it. */
export function startWebProcess(options: ProcessOptions & { publicPort: number }): SupervisedChild {
  const { config, publicPort } = options;
  const apiUrl = localUrl(config.host, config.port);
  return startProcess(
    "web",
    { ...options, watch: false },
    {
      title: "The web server",
      args: ["infra/scripts/src/web-dev-server.ts", config.host, String(publicPort), apiUrl],
      env: {},
      probe: localUrl(config.host, publicPort),
    },
  );
}

type Part = { title: string; args?: string[]; env: Record<string, string>; probe: string };

function startProcess(
  name: "web" | "api" | "worker",
  options: ProcessOptions,
  part: Part,
): SupervisedChild {
  const watch = options.watch ? ["--watch", "--watch-preserve-output"] : [];
  return superviseChild({
    title: part.title,
    args: part.args ?? [...watch, `apps/${name}/src/main.ts`],
    env: {
      NODE_COMPILE_CACHE: compileCache(options.config.dataDir),
      ...inheritedVariables(),
      ...options.env,
      ...part.env,
    },
    log: join(options.config.dataDir, "logs", `${name}.log`),
    isReady: () => answers(part.probe),
    graceMs: GRACE_MS[name],
    onStart: (pid) => options.book.noteChild(name, pid),
    say: options.progress.say,
    onGiveUp: options.onGiveUp,
  });
}

/** The second start finds the sources compiled. */
function compileCache(dataDir: string): string {
  const folder = join(dataDir, "cache");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** Where a process is reached from this machine; "every address" is no address to call. */
export function localUrl(host: string, port: number): string {
  const reachable = host === "0.0.0.0" ? "127.0.0.1" : host.replace(/^::$/, "::1");
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}

export async function answers(url: string): Promise<boolean> {
  return await fetch(url, { signal: AbortSignal.timeout(PROBE_MS) }).then(
    async (response) => {
      await response.body?.cancel();
      return response.ok;
    },
    () => false,
  );
}
