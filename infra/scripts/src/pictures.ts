import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, isFree } from "@tsudoi/core/test/services/ports.ts";
import { runCommand } from "./command.ts";
import { readConfig } from "./config.ts";
import { findDemoPlaces } from "./pictures/demo-places.ts";
import { PAGES, type PicturePage } from "./pictures/pages.ts";
import { openStudio, SETTINGS } from "./pictures/studio.ts";
import { writeGallery } from "./pictures/write-gallery.ts";
import { createProgress } from "./progress.ts";
import { Refusal } from "./refusal.ts";
import { ROOT } from "./run-step.ts";
import { findRunningServices } from "./services-file.ts";
import { startSystem } from "./system.ts";

const FOLDER = join(ROOT, "docs/pictures");

/** Every page of the demo, or those that are named, as people see them on the day on which this runs. */
await runCommand(async () => {
  const pages = namedPages(process.argv.slice(2));
  const progress = createProgress(process.stderr);
  await using parts = new AsyncDisposableStack();
  const config = await configOfOwn(parts);
  const beyondHelp = Promise.withResolvers<never>();
  beyondHelp.promise.catch(() => {});
  const onGiveUp = (reason: string) => beyondHelp.reject(new Refusal(reason));
  const { url } = await startSystem({ config, progress, watch: false, onGiveUp }, parts);
  const services = findRunningServices(config.dataDir);
  if (services === undefined) throw new Refusal("the system did not start");
  const places = await findDemoPlaces(services);
  const studio = parts.use(await openStudio({ url, places, folder: FOLDER }));
  await progress.step("Pictures", async (note) => {
    for (const setting of SETTINGS) {
      note(setting.name);
      await Promise.race([studio.takeAll(pages, setting), beyondHelp.promise]);
    }
  });
  await writeGallery(FOLDER, PAGES);
});
// Chromium's last handles must not keep this process.
process.exit();

function namedPages(names: string[]): readonly PicturePage[] {
  const unknown = names.find((name) => PAGES.every((page) => page.name !== name));
  if (unknown !== undefined) throw new Refusal(`pictures/pages.ts has no page "${unknown}"`);
  return names.length === 0 ? PAGES : PAGES.filter(({ name }) => names.includes(name));
}

/** A data folder and ports that nothing else uses; nothing of the caller's settings reaches it. */
async function configOfOwn(parts: AsyncDisposableStack) {
  const dataDir = await mkdtemp(join(tmpdir(), "tsudoi-pictures-"));
  parts.defer(() => rm(dataDir, { recursive: true, force: true }));
  const port = await freePort();
  return readConfig({
    DATA_DIR: dataDir,
    PORT: String(port),
    METRICS_PORT: String(await freePairOfPorts()),
    // Browsers keep secure cookies for localhost.
    PUBLIC_URL: `http://localhost:${port}`,
    RATE_LIMITS: "off",
  });
}

async function freePairOfPorts(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (await isFree(port + 1)) return port;
  }
}
