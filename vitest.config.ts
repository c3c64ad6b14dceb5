import { defineConfig } from "vitest/config";
import { refuseStrays, TIERS } from "./infra/scripts/src/tiers.ts";

refuseStrays(import.meta.dirname);

export default defineConfig(({ mode }) => ({
  test: {
    env: { TEST_LONG: mode === "long" ? "1" : "" },
    allowOnly: false,
    retry: 0,
    maxWorkers: 2,
    projects: TIERS.map((tier, groupOrder) => ({
      extends: true,
      test: {
        name: tier.name,
        include: tier.include,
        exclude: ["**/node_modules/**", "**/dist/**", ...tier.exclude],
        globalSetup: tier.services ? ["packages/core/test/global-setup.ts"] : [],
        testTimeout: tier.timeoutMs * (mode === "long" ? 20 : 1),
        hookTimeout: tier.timeoutMs * (mode === "long" ? 20 : 1),
        fileParallelism: tier.parallel,
        sequence: { groupOrder },
      },
    })),
  },
}));
