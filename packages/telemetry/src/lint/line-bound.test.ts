import { beforeAll, expect, test } from "vitest";
import { RULE_GROUPS } from "#telemetry/artefacts.ts";
import { SLOS } from "#telemetry/slo.ts";
import { type Known, knownSeries } from "./known-series.ts";
import { lineBound } from "./line-bound.ts";
import { parse } from "./promql.ts";

let known: Known;

beforeAll(async () => {
  known = await knownSeries(RULE_GROUPS);
});

test.each([
  ["max(outbox_pending_rows)", 1],
  ["max by (queue) (queue_workers)", 3],
  ['max by (queue) (queue_workers{queue=~"mail|bulk"})', 2],
  ['max by (queue) (queue_workers{queue!="mail",job=~"$job"})', 2],
  ["max by (instance) (queue_workers)", Number.POSITIVE_INFINITY],
  ["topk(10, max by (instance) (queue_workers))", 10],
  ["topk(10, max by (queue) (queue_workers))", 3],
  ["histogram_quantile(0.95, sum by (le, queue) (rate(job_db_queries_bucket[5m])))", 3],
  ["max by (queue) (queue_workers) or max by (queue, outcome) (rate(job_attempts_total[5m]))", 15],
  ["max by (queue) (queue_workers) / (max by (queue, state) (queue_jobs) > 0)", 3],
  [
    "sum by (queue) (rate(job_stalled_total[5m])) / ignoring (queue) group_left () sum(rate(job_stalled_total[5m]))",
    3,
  ],
  ["60 * sum by (outcome) (rate(outbox_published_total[5m]))", 2],
  ["time() - max(outbox_oldest_pending_timestamp_seconds)", 1],
  ["slo:burn_rate:ratio_rate1h", SLOS.length],
  ['1 - slo:sli_error:ratio_rate1h{slo="api-availability"}', 1],
])("%s draws at most %d lines", (expr, lines) => {
  expect(lineBound(parse(expr), known)).toBe(lines);
});
