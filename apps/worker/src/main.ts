import { readFileSync } from "node:fs";
import { runProcess } from "@tsudoi/core/platform/run-process.ts";
import { readConfig } from "./config.ts";
import { startWorker } from "./start.ts";

const { version } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { version: string };

await runProcess({
  app: "worker",
  version,
  readConfig,
  start: startWorker,
  ready: "working",
  // More than its drain takes at most, less than any supervisor waits.
  forceAfterMs: 35_000,
});
