import { readFileSync } from "node:fs";
import { MAX_PAGE } from "@tsudoi/shared/paging.ts";
import { MAX_BATCH, MAX_BODY_BYTES, type SystemInfo } from "@tsudoi/shared/system.ts";
import type { Config } from "./config.ts";

const { version } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { version: string };

export const VERSION = version;

/** What an integrator may rely on. */
export function describeSystem(config: Config): SystemInfo {
  return {
    version,
    commit: config.commit ?? null,
    features: ["events", "registrations", "waitlist", "idempotency"],
    limits: { page: MAX_PAGE, batch: MAX_BATCH, bodyBytes: MAX_BODY_BYTES },
  };
}
