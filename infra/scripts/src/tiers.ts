import { globSync } from "node:fs";
import { matchesGlob } from "node:path";

export type Tier = {
  name: "rule" | "pg" | "e2e" | "browser" | "alone";
  include: string[];
  exclude: string[];
  /** Whether its files need PostgreSQL. */
  services: boolean;
  /** Whether its processes serve the built SPA. */
  servesWeb: boolean;
  /** How many of its files run beside each other: more than two where they wait more than they compute. */
  atATime: number;
  timeoutMs: number;
};

const PG = "**/*.pg.test.ts";
const E2E = "**/*.e2e.test.ts";
const BROWSER = "**/*.browser.test.ts";

/** Files that another one beside them would disturb, or be disturbed by. */
export const ALONE: readonly string[] = [
  // They load the machine, or hold something to a time.
  "apps/api/test/crowded-event.e2e.test.ts",
  "apps/api/test/dashboards.e2e.test.ts",
  "apps/api/test/history.e2e.test.ts",
  "apps/api/test/limits.e2e.test.ts",
  "apps/api/test/race.e2e.test.ts",
  "apps/api/test/redis-outage.e2e.test.ts",
  "apps/bench/test/arbiter.e2e.test.ts",
  "apps/bench/test/people.e2e.test.ts",
  "apps/bench/test/reads.e2e.test.ts",
  "apps/bench/test/register.e2e.test.ts",
  "apps/web/test/time.browser.test.ts",
  "infra/scripts/test/proxy/failover.e2e.test.ts",
  // It fetches pnpm by npx, as the images do: two first times at once break each other.
  "packages/client/test/package.e2e.test.ts",
];

/** Files that take longest begin first, or their tier ends with one of them and idle processors. */
export const FIRST: readonly string[] = [
  "apps/worker/test/chaos.e2e.test.ts",
  "infra/scripts/test/start.e2e.test.ts",
  "apps/worker/test/runbooks.e2e.test.ts",
  "apps/worker/test/mail-outage.e2e.test.ts",
  "apps/web/test/access.browser.test.ts",
  "apps/web/test/attend-offers.browser.test.ts",
  "apps/web/test/manage-access.browser.test.ts",
];

/** What `npm test` runs, quickest first; the suffix of a file says where it belongs. */
export const TIERS: readonly Tier[] = [
  {
    name: "rule",
    include: ["{apps,packages,infra}/**/*.test.ts"],
    exclude: [PG, E2E, BROWSER],
    services: false,
    servesWeb: false,
    atATime: 2,
    timeoutMs: 10_000,
  },
  {
    name: "pg",
    include: [`{apps,packages,infra}/${PG}`],
    exclude: [],
    services: true,
    servesWeb: false,
    atATime: 2,
    timeoutMs: 30_000,
  },
  {
    name: "e2e",
    include: ["{apps,packages}/*/test/**/*.e2e.test.ts", "infra/scripts/test/**/*.e2e.test.ts"],
    exclude: [...ALONE],
    services: true,
    servesWeb: true,
    atATime: 3,
    timeoutMs: 60_000,
  },
  {
    name: "browser",
    include: ["apps/web/test/**/*.browser.test.ts"],
    exclude: [...ALONE],
    services: true,
    servesWeb: true,
    atATime: 2,
    timeoutMs: 60_000,
  },
  {
    name: "alone",
    include: [...ALONE],
    exclude: [],
    services: true,
    servesWeb: true,
    atATime: 1,
    timeoutMs: 60_000,
  },
];

export function listFiles(root: string, { include, exclude }: Tier): string[] {
  return globSync(include, { cwd: root, exclude: [...exclude, ...NOT_OURS] });
}

const NOT_OURS = ["**/node_modules", "**/dist"];

const SUFFIXES =
  "x.test.ts (touches nothing), x.pg.test.ts (PostgreSQL), x.e2e.test.ts in a test folder (processes), x.browser.test.ts in apps/web/test";

/** Throws when a file looks like a test but no tier would run it. */
export function refuseStrays(root: string): void {
  const candidates = globSync("{apps,packages,infra}/**/*{.test,.spec,_test}.{ts,tsx,js,mjs,cjs}", {
    cwd: root,
    exclude: NOT_OURS,
  });
  const stray = findStray(candidates);
  if (stray) throw new Error(`${stray} would never run. Call it ${SUFFIXES}.`);
}

/** The first path that no tier includes, or that carries a suffix that no tier has. */
export function findStray(paths: readonly string[]): string | undefined {
  return paths.find((path) => !TIERS.some((tier) => belongs(path, tier)));
}

function belongs(path: string, { include, exclude }: Tier): boolean {
  if (/\.\w+\.test\.ts$/.test(path) && !/\.(pg|e2e|browser)\.test\.ts$/.test(path)) return false;
  return (
    include.some((pattern) => matchesGlob(path, pattern)) &&
    !exclude.some((pattern) => matchesGlob(path, pattern))
  );
}
