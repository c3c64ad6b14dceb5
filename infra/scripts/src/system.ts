import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@tsudoi/core/test/services/ports.ts";
import { startBacking } from "./backing.ts";
import { buildWeb } from "./build.ts";
import type { Config } from "./config.ts";
import { openDataFolder } from "./data-folder.ts";
import { refuseTakenPorts } from "./ports.ts";
import { answers, localUrl, startApiProcess, startWorkerProcess } from "./processes.ts";
import type { Progress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { openRunBook, type RunBook, stopLeftovers } from "./run-record.ts";
import { removeServices, writeServices } from "./services-file.ts";
import { settleAll } from "./settle-all.ts";
import { startWebDevServer } from "./web-dev-server.ts";

export type SystemOptions = {
  config: Config;
  progress: Progress;
  /** Follow the sources: processes start again and the page reloads when they change. */
  watch: boolean;
  /** A part is beyond help. */
  onGiveUp: (reason: string) => void;
};

/** What the person who started it needs to know. */
export type Started = {
  url: string;
  isDemo: boolean;
  hasMailbox: boolean;
  setUpLink: string | undefined;
};

/**
 * Starts every part, and gives it to `parts` as soon as it runs: disposing of them stops what serves people
 * first and what it stands on after that.
 */
export async function startSystem(
  options: SystemOptions,
  parts: AsyncDisposableStack,
): Promise<Started> {
  const { config, progress } = options;
  const { book, recordVersion } = await claimDataFolder(options, parts);
  const [backing, web] = await settleAll([
    startBacking({ ...options, book }, parts),
    progress.step("Web app", () => prepareWeb(options, parts)),
  ]);
  recordVersion();
  const env = { ...backing.env, ...web.env };
  const processes = { ...options, config: { ...config, port: web.apiPort }, env, book };
  await progress.step("API and worker", () => startProcesses(processes, parts));
  parts.use(
    writeServices(config.dataDir, {
      apiUrl: localUrl(config.host, web.apiPort),
      metricsUrls: [config.metricsPort, config.metricsPort + 1].map(
        (port) => `${localUrl(config.host, port)}/metrics`,
      ),
      databaseUrl: backing.databaseUrl,
      redisUrl: backing.redisUrl,
      env,
    }),
  );
  parts.defer(book.noteStopping);
  const { setUpToken, isDemo } = backing;
  return {
    url: config.publicUrl,
    isDemo,
    hasMailbox: backing.env.MAILBOX_URL !== undefined,
    setUpLink: setUpToken && `${config.publicUrl}/set-up/${setUpToken}`,
  };
}

/** The folder for this start alone: nothing of an earlier one runs on it, and its ports are free. */
async function claimDataFolder({ config, progress }: SystemOptions, parts: AsyncDisposableStack) {
  const folder = parts.use(
    await openDataFolder(config.dataDir, () =>
      progress.say("Waiting until the previous start has stopped"),
    ),
  );
  const stopped = await stopLeftovers(folder.path);
  if (stopped.length > 0) progress.say(`Stopped what a killed start left: ${stopped.join(", ")}`);
  removeServices(folder.path);
  await refuseTakenPorts(config);
  const book = openRunBook(folder.path, `at ${config.publicUrl}`);
  parts.defer(book.close);
  return { book, recordVersion: folder.recordVersion };
}

/** Built files that the API serves on its port; or the sources on that port, and the API behind them on another. */
async function prepareWeb(
  { config, watch }: SystemOptions,
  parts: AsyncDisposableStack,
): Promise<{ apiPort: number; env: Record<string, string> }> {
  if (!watch) return { apiPort: config.port, env: { WEB_DIR: await buildWeb() } };
  const apiPort = await freePort();
  parts.use(await startWebDevServer(config, localUrl(config.host, apiPort)));
  return { apiPort, env: {} };
}

type ProcessesOptions = SystemOptions & { env: Record<string, string>; book: RunBook };

const READY_WITHIN_MS = 30_000;
const READY_POLL_MS = 100;

async function startProcesses(
  options: ProcessesOptions,
  parts: AsyncDisposableStack,
): Promise<void> {
  const children = [startApiProcess, startWorkerProcess].map((start) => parts.use(start(options)));
  await Promise.all(children.map((child) => child.ready));
  const readyUrl = `${localUrl(options.config.host, options.config.port)}/readyz`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answers(readyUrl))) {
    if (Date.now() > deadline)
      throw new Refusal(`the system did not become ready: see ${readyUrl}?verbose`);
    await pause(READY_POLL_MS);
  }
}
