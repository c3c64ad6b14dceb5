import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DASHBOARDS } from "#telemetry/artefacts.ts";
import { type Exporter, startExporter } from "./exporter.ts";
import { emptyTargets, look, targetsOf } from "./panels.ts";
import { type Prometheus, startPrometheus } from "./prometheus.ts";

const FILLED = { timeout: 50_000, interval: 2_000 };
/** More and nobody can tell them apart. */
const LINES = 12;

const SILENT_ABOUT = "mail_send_duration_seconds";

let parts: AsyncDisposableStack;
let prometheus: Prometheus;
/** One that sees a worker to which one thing never happened; both fill at the same time. */
let other: Prometheus;

beforeAll(async () => {
  parts = new AsyncDisposableStack();
  const api = parts.use(await startExporter("api"));
  const worker = parts.use(await startExporter("worker"));
  const silent = parts.use(await startExporter("worker", [SILENT_ABOUT]));
  const start = async (worker: Exporter) =>
    parts.use(await startPrometheus({ api: [api.address], worker: [worker.address] }));
  prometheus = await start(worker);
  other = await start(silent);
});

afterAll(() => parts.disposeAsync());

test("no panel is empty where everything happens", async () => {
  await vi.waitFor(async () => {
    expect(await emptyTargets(prometheus, DASHBOARDS)).toEqual([]);
  }, FILLED);
});

test("no rule is broken", async () => {
  await vi.waitFor(async () => expect(await prometheus.brokenRules()).toEqual([]), FILLED);
});

test("no panel draws more lines than can be told apart", async () => {
  for (const target of targetsOf(DASHBOARDS).filter(({ instant }) => !instant)) {
    const { lines } = await look(prometheus, target);
    expect(lines, target.panel).toBeLessThanOrEqual(LINES);
  }
});

test("a panel about something that never happened is found", async () => {
  await vi.waitFor(async () => {
    const empty = (await emptyTargets(other, DASHBOARDS)).map(({ panel }) => panel);
    expect(empty).toEqual(["Time to hand over a mail, p95"]);
  }, FILLED);
});
