import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { vi } from "vitest";
import { ROOT } from "./tool.ts";

export type Targets = { api: string[]; worker: string[] };
export type Sample = { labels: Record<string, string>; values: number[] };

export type Prometheus = AsyncDisposable & {
  url: string;
  /** The lines an expression draws from a time ago until now. */
  range: (expr: string, seconds: number) => Promise<Sample[]>;
  /** What an expression gives now. */
  instant: (expr: string) => Promise<Sample[]>;
  /** The rules that could not be evaluated. */
  brokenRules: () => Promise<string[]>;
};

export const SCRAPE_SECONDS = 2;
const START_MS = 20_000;

/**
 * Starts a real Prometheus on a free loopback port with the rules of the repository, evaluated as often as it
 * scrapes, and waits until it is ready. Targets are `host:port` of metrics ports.
 */
export async function startPrometheus(targets: Targets): Promise<Prometheus> {
  const folder = await mkdtemp(path.join(tmpdir(), "prometheus-"));
  await writeFile(path.join(folder, "prometheus.yml"), await configure(folder, targets));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    "prometheus",
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=${address}`,
      "--log.level=warn",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const url = `http://${address}`;
  const prometheus = { url, ...api(url), [Symbol.asyncDispose]: () => stop(child, folder) };
  try {
    await ready(child, url);
  } catch (error) {
    await prometheus[Symbol.asyncDispose]();
    throw error;
  }
  return prometheus;
}

async function configure(folder: string, targets: Targets): Promise<string> {
  const rules = path.join(folder, "rules");
  await cp(path.join(ROOT, "infra/prometheus/rules"), rules, { recursive: true });
  for (const name of await readdir(rules)) {
    const text = await readFile(path.join(rules, name), "utf8");
    await writeFile(
      path.join(rules, name),
      text.replace(/^( +interval:) \S+$/gm, `$1 ${SCRAPE_SECONDS}s`),
    );
  }
  // JSON is YAML.
  return JSON.stringify({
    global: { scrape_interval: `${SCRAPE_SECONDS}s`, scrape_timeout: `${SCRAPE_SECONDS}s` },
    rule_files: [`${rules}/*.yml`],
    scrape_configs: Object.entries(targets).map(([job_name, addresses]) => ({
      job_name,
      static_configs: [{ targets: addresses }],
    })),
  });
}

async function ready(child: ChildProcess, url: string): Promise<void> {
  let log = "";
  let failure: Error | undefined;
  child.stderr?.on("data", (chunk) => {
    log += String(chunk);
  });
  child.once("error", (cause) => {
    failure = new Error("prometheus cannot be run; it comes with the package prometheus", {
      cause,
    });
  });
  await vi.waitUntil(
    async () => {
      if (child.exitCode !== null) failure ??= new Error(`prometheus ended: ${log}`);
      if (failure) return true;
      return fetch(`${url}/-/ready`).then(
        (response) => response.ok,
        () => false,
      );
    },
    { timeout: START_MS },
  );
  if (failure) throw failure;
}

function api(url: string): Pick<Prometheus, "range" | "instant" | "brokenRules"> {
  return {
    async range(expr, seconds) {
      const end = Date.now() / 1000;
      const step = String(SCRAPE_SECONDS);
      const start = String(end - seconds);
      const { result } = await ask(url, "query_range", {
        query: expr,
        start,
        end: String(end),
        step,
      });
      return (result as RangeJson[]).map(({ metric, values }) => ({
        labels: metric,
        values: values.map(([, value]) => Number(value)),
      }));
    },
    async instant(expr) {
      const { result } = await ask(url, "query", { query: expr });
      return (result as InstantJson[]).map(({ metric, value }) => ({
        labels: metric,
        values: [Number(value[1])],
      }));
    },
    async brokenRules() {
      const { groups } = await ask(url, "rules", {});
      return (groups as { rules: RuleJson[] }[])
        .flatMap(({ rules }) => rules)
        .filter(({ health }) => health !== "ok")
        .map(({ name, health, lastError }) => `${name}: ${health} ${lastError ?? ""}`);
    },
  };
}

type RangeJson = { metric: Record<string, string>; values: [number, string][] };
type InstantJson = { metric: Record<string, string>; value: [number, string] };
type RuleJson = { name: string; health: string; lastError?: string };

async function ask(
  url: string,
  path: string,
  parameters: Record<string, string>,
): Promise<{ result?: unknown; groups?: unknown }> {
  const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const answer = (await response.json()) as { data?: object; error?: string };
  if (!answer.data) throw new Error(`${parameters.query ?? path}: ${answer.error}`);
  return answer.data;
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.pid !== undefined) {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
  await rm(folder, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
