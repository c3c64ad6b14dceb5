import { expect, test } from "vitest";
import { CATALOGUE } from "./catalogue.ts";
import { type Declaration, initialLabels, seriesBound } from "./declaration.ts";
import { type App, createMetrics } from "./metrics.ts";
import { toRpcMethod } from "./names.ts";

const APPS = ["api", "worker"] as const satisfies App[];
/** Rendering blocks the event loop, 3 ms at 3,200 series and 27 ms at 19,200, four times a minute. */
const SERIES_BUDGET = 16_000;

async function samples(metrics: ReturnType<typeof createMetrics>): Promise<Map<string, number>> {
  const { body } = await metrics.render();
  const lines = body.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(" ");
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

test("counts what it is told, per label set", async () => {
  const metrics = createMetrics("worker");
  metrics.jobAttemptsTotal.inc({
    queue: "mail",
    job_name: "registrations.send-confirmation",
    outcome: "dead",
  });
  metrics.outboxPublishedTotal.inc({ outcome: "ok" }, 7);
  metrics.queueWorkers.set({ queue: "mail" }, 3);
  metrics.shutdownDurationSeconds.set(2.5);

  const seen = await samples(metrics);
  const dead = 'queue="mail",job_name="registrations.send-confirmation",outcome="dead"';
  expect(seen.get(`job_attempts_total{${dead}}`)).toBe(1);
  expect(seen.get('outbox_published_total{outcome="ok"}')).toBe(7);
  expect(seen.get('queue_workers{queue="mail"}')).toBe(3);
  expect(seen.get("shutdown_duration_seconds")).toBe(2.5);
});

test("keeps registries apart, also within one process", async () => {
  const [one, other] = [createMetrics("api"), createMetrics("api")];
  one.authAttemptsTotal.inc({ outcome: "ok" });
  expect((await samples(one)).get('auth_attempts_total{outcome="ok"}')).toBe(1);
  expect((await samples(other)).get('auth_attempts_total{outcome="ok"}')).toBe(0);
});

test.each(APPS)("shows every closed label set of the %s before anything happened", async (app) => {
  const seen = await samples(createMetrics(app));
  for (const [name, declaration] of Object.entries<Declaration>(CATALOGUE)) {
    const mine = declaration.app === app || declaration.app === "both";
    const sets = mine ? initialLabels(name, declaration) : [];
    const base = declaration.type === "histogram" ? `${name}_count` : name;
    const shown = [...seen.keys()].filter((key) => key === base || key.startsWith(`${base}{`));
    expect(shown, name).toHaveLength(sets.length);
  }
});

test("claims nothing about shared state and times that were never read", async () => {
  const seen = [...(await samples(createMetrics("worker"))).keys()];
  for (const name of ["queue_workers", "invariant_violations", "outbox_pending_rows"]) {
    expect(seen.filter((key) => key.startsWith(name))).toEqual([]);
  }
  expect(seen.filter((key) => key.includes("last_success_timestamp_seconds"))).toEqual([]);
});

test("exports a count also where it was not expected", async () => {
  const metrics = createMetrics("worker");
  metrics.registrationAttemptsTotal.inc({ outcome: "confirmed" });
  const seen = await samples(metrics);
  expect(seen.get('registration_attempts_total{outcome="confirmed"}')).toBe(1);
});

test("asks the owners of a gauge at each scrape, until they leave", async () => {
  const metrics = createMetrics("api");
  let used = 1;
  const leave = metrics.dbClientConnections.collectWith(() =>
    metrics.dbClientConnections.set({ db: "primary", state: "used" }, used),
  );
  const key = 'db_client_connections{db="primary",state="used"}';
  expect((await samples(metrics)).get(key)).toBe(1);
  used = 4;
  expect((await samples(metrics)).get(key)).toBe(4);
  leave();
  used = 9;
  expect((await samples(metrics)).get(key)).toBe(4);
});

test("measures the event loop and leaves out the misnamed default metrics", async () => {
  const seen = await samples(createMetrics("api"));
  expect(seen.get("nodejs_eventloop_utilization_ratio")).toBeGreaterThanOrEqual(0);
  expect(seen.has("process_resident_memory_bytes")).toBe(true);
  expect([...seen.keys()].filter((key) => /^nodejs_active_\w+_total/.test(key))).toEqual([]);
});

test.each(APPS)("keeps the %s within its budget of series", (app) => {
  const bound = Object.values<Declaration>(CATALOGUE)
    .filter((declaration) => declaration.app === app || declaration.app === "both")
    .reduce((sum, declaration) => sum + seriesBound(declaration), 0);
  expect(bound).toBeLessThan(SERIES_BUDGET);
});

test("clamps procedure names that a caller made up", () => {
  expect(toRpcMethod("registrations.register")).toBe("registrations.register");
  expect(toRpcMethod("../../etc/passwd")).toBe("_OTHER");
  expect(toRpcMethod("toString")).toBe("_OTHER");
});

test("refuses wrong labels and values at compile time", () => {
  const wrong = (metrics: ReturnType<typeof createMetrics>) => {
    // @ts-expect-error a value outside the closed set
    metrics.authAttemptsTotal.inc({ outcome: "yes" });
    // @ts-expect-error a label that is not declared
    metrics.authAttemptsTotal.inc({ outcome: "ok", user: "u1" });
    // @ts-expect-error a label left out
    metrics.cacheRequestsTotal.inc({ cache: "event_detail" });
    // @ts-expect-error no labels at all
    metrics.jobStalledTotal.inc();
    // @ts-expect-error a metric nobody declared
    metrics.madeUpTotal.inc();
    // @ts-expect-error a counter is not set
    metrics.authAttemptsTotal.set({ outcome: "ok" }, 1);
  };
  expect(wrong).toBeTypeOf("function");
});
