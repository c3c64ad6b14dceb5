import type { LintCase } from "./lint-case.ts";
import { FEATURE, imports, SHARED } from "./snippets.ts";

type Wall = { message: string; at: string; forbidden: string[]; allowed: string[] };

const WALLS: Wall[] = [
  {
    message: "A browser loads this: zod and siblings only.",
    at: SHARED,
    forbidden: [
      "node:crypto",
      "@tsudoi/core/events/create.ts",
      "react",
      "@tsudoi/telemetry/names.ts",
    ],
    allowed: ["zod/mini", "./ids.ts"],
  },
  {
    message: "Telemetry is the lowest rank: nothing else of ours.",
    at: "packages/telemetry/src/",
    forbidden: ["@tsudoi/shared/errors.ts", "@tsudoi/core/platform/log.ts"],
    allowed: ["prom-client", "node:fs", "./names.ts"],
  },
  {
    message: "Other people's apps load this: tRPC, and the router as a type, only.",
    at: "packages/client/src/",
    forbidden: ["@tsudoi/core/events/create.ts", "@tsudoi/shared/errors.ts", "zod", "node:crypto"],
    allowed: ["@trpc/client", "./retry.ts"],
  },
  {
    message: "platform is rank 1: it knows no database, no job and no feature.",
    at: "packages/core/src/platform/",
    forbidden: [
      "#core/db/client.ts",
      "#core/jobs/queues.ts",
      "#core/events/create.ts",
      "../db/x.ts",
    ],
    allowed: ["#core/platform/log.ts", "./log.ts", "@tsudoi/shared/errors.ts", "ioredis"],
  },
  {
    message: "db is rank 2: it knows the platform, no job and no feature.",
    at: "packages/core/src/db/",
    forbidden: [
      "#core/jobs/catalog.ts",
      "#core/events/create.ts",
      "bullmq",
      "@tsudoi/api/server.ts",
    ],
    allowed: ["#core/platform/log.ts", "#core/db/client.ts", "drizzle-orm", "postgres"],
  },
  {
    message: "jobs is rank 2: it knows platform and db, no feature.",
    at: "packages/core/src/jobs/",
    forbidden: ["#core/registrations/register.ts", "../events/create.ts"],
    allowed: ["#core/platform/log.ts", "#core/db/client.ts", "./catalog.ts", "bullmq"],
  },
  {
    message: "A feature knows its database and its context: no queue, no socket, no HTTP.",
    at: FEATURE,
    forbidden: [
      "bullmq",
      "ioredis",
      "postgres",
      "node:http",
      "fastify",
      "@trpc/server",
      "../db/x.ts",
    ],
    allowed: [
      "#core/db/client.ts",
      "#core/jobs/enqueue.ts",
      "#core/audit/record.ts",
      "drizzle-orm",
    ],
  },
  {
    message: "An app calls verbs and queries: no database, no other app.",
    at: "apps/worker/src/",
    forbidden: [
      "drizzle-orm",
      "@tsudoi/core/db/client.ts",
      "@tsudoi/api/server.ts",
      "@tsudoi/web/x.ts",
    ],
    allowed: [
      "@tsudoi/core/events/create.ts",
      "@tsudoi/core/jobs/queues.ts",
      "@tsudoi/shared/ids.ts",
    ],
  },
  {
    message: "The start opens the database and a test looks into it; neither knows another app.",
    at: "apps/api/test/",
    forbidden: ["prom-client", "@tsudoi/worker/fleet.ts"],
    allowed: ["@tsudoi/core/db/client.ts", "@tsudoi/core/test/database.ts", "drizzle-orm"],
  },
  {
    message: "A browser loads this: shared, and the router as a type.",
    at: "apps/web/src/",
    forbidden: ["node:fs", "@tsudoi/core/events/queries.ts", "@tsudoi/api/server.ts", "../x.ts"],
    allowed: ["@tsudoi/shared/events.ts", "react", "./api.ts"],
  },
  {
    message: "ui is dumb: what it shows is handed to it.",
    at: "apps/web/src/ui/",
    forbidden: ["@trpc/client", "@tanstack/react-query", "#web/api.ts", "@tsudoi/shared/events.ts"],
    allowed: ["react", "./button.tsx", "#web/texts/text.ts"],
  },
  {
    message: "The apps are started as processes, never imported.",
    at: "apps/bench/src/",
    forbidden: ["@tsudoi/api/server.ts", "@tsudoi/worker/fleet.ts", "@tsudoi/scripts/start.ts"],
    allowed: ["@tsudoi/core/test/database.ts", "@tsudoi/core/db/client.ts", "express"],
  },
];

export const WALL_CASES: LintCase[] = WALLS.flatMap(wallCases);

function wallCases({ message, at, forbidden, allowed }: Wall): LintCase[] {
  return Array.from({ length: Math.max(forbidden.length, allowed.length) }, (_, index) => ({
    rule: `wall/${message}`,
    why: `${at} imports ${forbidden[index % forbidden.length]}`,
    at,
    broken: imports(`${forbidden[index % forbidden.length]}`),
    lawful: imports(`${allowed[index % allowed.length]}`),
  }));
}
