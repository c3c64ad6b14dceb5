import type { HouseCase } from "./house-case.ts";
import { CREATE, NAMES, procedureNames, ROUTER, verb } from "./snippets.ts";

const QUERIES = "packages/core/src/events/queries.ts";
const CATALOG = "packages/core/src/jobs/catalog.ts";
const HANDLER = "apps/worker/src/events/send-invitation.ts";
const DASHBOARD = "grafana/dashboards/events.json";
const panel = (expr: string) => JSON.stringify({ panels: [{ targets: [{ expr }] }] });
const metric = "export const CATALOGUE = {\n  job_duration_seconds: histogram(\n};\n";
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

export const PROCEDURE_CASES: HouseCase[] = [
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
      [QUERIES]: 'export function listEvents() {\n  authoriseLink(ctx, "invite", token);\n}\n',
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
];
