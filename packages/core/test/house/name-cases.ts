import type { HouseCase } from "./house-case.ts";
import { CREATE, ROUTER, verb } from "./snippets.ts";

export const NAME_CASES: HouseCase[] = [
  {
    title: "no drawers",
    lawful: { [CREATE]: "", "packages/core/test/services/redis.ts": "" },
    broken: {
      "a file": { "packages/core/src/events/utils.ts": "" },
      "a folder": { "packages/core/src/helpers/dates.ts": "" },
      "a barrel": { "packages/core/src/events/index.ts": "" },
      types: { "apps/web/src/types.ts": "" },
      services: { "packages/core/src/services/redis.ts": "" },
    },
  },
  {
    title: "folders stay shallow",
    lawful: { "apps/web/src/events/list/row.tsx": "" },
    broken: { three: { "apps/web/src/events/list/rows/row.tsx": "" } },
  },
  {
    title: "files stay short",
    lawful: {
      [CREATE]: "// why\n".repeat(300),
      "pnpm-lock.yaml": "\n".repeat(301),
      "grafana/dashboards/events.json": "\n".repeat(301),
    },
    broken: {
      comments: { [CREATE]: "// why\n".repeat(301) },
      "blank lines of a test": {
        "packages/core/src/events/create.pg.test.ts": "\n".repeat(301),
      },
      "a document": { "docs/runbooks/slow.md": "\n".repeat(301) },
      "a line without an end": { "infra/compose.yaml": `${"\n".repeat(300)}name: tsudoi` },
    },
  },
  {
    title: "no loose ends",
    lawful: { [CREATE]: "// TO" + "DO(#12): the waitlist\n" },
    broken: {
      "nobody's": { [CREATE]: "// TO" + "DO: the waitlist\n" },
      "a hack": { [CREATE]: "/* HA" + "CK */\n" },
    },
  },
  {
    title: "tests lie beside their subject",
    lawful: {
      [CREATE]: "",
      "packages/core/src/events/create.pg.test.ts": "",
      "packages/core/src/events/create-plans.pg.test.ts": "",
    },
    broken: {
      "an orphan": { [CREATE]: "", "packages/core/src/events/created-plans.pg.test.ts": "" },
    },
  },
  {
    title: "exports have readers",
    lawful: {
      [CREATE]: verb,
      [ROUTER]: 'import { create } from "@tsudoi/core/events/create.ts";',
      "packages/client/src/client.ts": "export function connect() {}",
    },
    broken: { "a leftover": { [CREATE]: verb, [ROUTER]: "export type AppRouter = Router;" } },
  },
];
