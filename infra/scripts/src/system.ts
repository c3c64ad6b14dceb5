import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "@tsudoi/core/test/services/ports.ts";
import { startBacking } from "./backing.ts";
import { buildWeb } from "./build.ts";
import type { Config } from "./config.ts";
import { openDataFolder } from "./data-folder.ts";
import { refuseTakenPorts } from "./ports.ts";
import {
  answers,
  localUrl,
  startApiProcess,
  startWebProcess,
  startWorkerProcess,
} from "./processes.ts";
import type { Progress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { openRunBook, type RunBook, readRunRecord, stopLeftovers } from "./run-record.ts";
import { removeServices, writeServices } from "./services-file.ts";
import { settleAll } from "./settle-all.ts";
import { APP_VERSION } from "./version.ts";

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
    prepareWeb(options),
  ]);
  recordVersion();
  const env = { ...backing.env, ...web.env };
  const processes = { ...options, config: { ...config, port: web.apiPort }, env, book };
  await progress.step("API and worker", () => startProcesses(processes, parts));
  if (options.watch) {
    const server = parts.use(startWebProcess({ ...processes, publicPort: config.port }));
    await progress.step("Web server", () => server.ready);
  }
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

const LEFTOVERS_END_MS = 5_000;

/** The folder for this start alone: nothing of an earlier one runs on it, and its ports are free. */
async function claimDataFolder({ config, progress }: SystemOptions, parts: AsyncDisposableStack) {
  const folder = parts.use(
    await openDataFolder(config.dataDir, () =>
      progress.say("Waiting until the previous start has stopped"),
    ),
  );
  if (folder.lastUsedBy !== undefined && folder.lastUsedBy !== APP_VERSION) {
    progress.say(`Bringing the data folder from Tsudoi ${folder.lastUsedBy} to ${APP_VERSION}`);
  }
  const wasKilled = readRunRecord(folder.path) !== undefined;
  const stopped = await stopLeftovers(folder.path);
  if (stopped.length > 0) progress.say(`Stopped what a killed start left: ${stopped.join(", ")}`);
  removeServices(folder.path);
  // What its parts started themselves is in no record, and ends soon after them.
  await refuseTakenPorts(config, wasKilled ? LEFTOVERS_END_MS : 0);
  const book = openRunBook(folder.path, `at ${config.publicUrl}`);
  parts.defer(book.close);
  return { book, recordVersion: folder.recordVersion };
}

type Web = { apiPort: number; env: Record<string, string> };

/** Built files that the API serves; or, from the sources, a port for the API behind what serves those. */
async function prepareWeb({ config, progress, watch }: SystemOptions): Promise<Web> {
  if (watch) return { apiPort: await freePort(), env: {} };
  const folder = await progress.step("Web app", () => buildWeb());
  return { apiPort: config.port, env: { WEB_DIR: folder } };
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
