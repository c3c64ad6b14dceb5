import { runProcess } from "@tsudoi/core/platform/run-process.ts";
import { readConfig } from "./config.ts";
import { startApi } from "./start.ts";
import { VERSION } from "./system-info.ts";

await runProcess({
  app: "api",
  version: VERSION,
  readConfig,
  start: startApi,
  ready: "listening",
  // More than its drain takes at most, less than any supervisor waits.
  forceAfterMs: 20_000,
});
