import { mkdtempDisposableSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { DASHBOARDS } from "#telemetry/artefacts.ts";
import type { RuleTestFile } from "#telemetry/cases/rule-tests.ts";
import { panelsOf } from "#telemetry/lint/dashboard.ts";
import { DASHBOARD_INTERVAL } from "#telemetry/lint/promql.ts";
import { createMetrics } from "#telemetry/metrics.ts";
import { ROOT, run } from "./tool.ts";

const PROMETHEUS = path.join(ROOT, "infra/prometheus");
const files = (folder: string) =>
  readdirSync(path.join(PROMETHEUS, folder)).map((name) => `${folder}/${name}`);

describe("promtool accepts", () => {
  test.each(["api", "worker"] as const)("what the %s exports", async (app) => {
    const metrics = createMetrics(app);
    metrics.queueWorkers.set({ queue: "mail" }, 1);
    metrics.registrationBatchSize.observe(3);
    const { body } = await metrics.render();
    expect(run("promtool", ["check", "metrics"], { input: body })).toEqual({
      passed: true,
      output: "",
    });
  });

  test("the rules", () => {
    const args = ["check", "rules", "--lint=all", "--lint-fatal", ...files("rules")];
    const checked = run("promtool", args, { cwd: PROMETHEUS });
    expect(checked.passed, checked.output).toBe(true);
  });

  test("the configuration", () => {
    const checked = run("promtool", ["check", "config", "prometheus.yml"], { cwd: PROMETHEUS });
    expect(checked.passed, checked.output).toBe(true);
  });

  test("the types of every panel's expressions", () => {
    const checked = checkTypes(
      DASHBOARDS.flatMap(panelsOf).flatMap(
        ({ targets }) => targets?.map(({ expr = "" }) => expr) ?? [],
      ),
    );
    expect(checked.passed, checked.output).toBe(true);
  });

  test.each(files("tests"))("%s", (file) => {
    const tested = run("promtool", ["test", "rules", file], { cwd: PROMETHEUS });
    expect(tested.passed, tested.output).toBe(true);
  });
});

describe("promtool refuses", () => {
  test("a gauge named like a counter", () => {
    const input = "# HELP x_total x\n# TYPE x_total gauge\nx_total 1\n";
    expect(run("promtool", ["check", "metrics"], { input }).passed).toBe(false);
  });

  test("a range where an instant belongs", () => {
    expect(checkTypes(["sum(job_stalled_total[5m])"]).passed).toBe(false);
  });

  const mutants: { mutant: string; rules: string; from: RegExp; to: string; test: string }[] = [
    {
      mutant: "a factor too high",
      rules: "slo-api-availability",
      from: /> 0\.0144/g,
      to: "> 0.05",
      test: "short burst",
    },
    {
      mutant: "a factor too low",
      rules: "slo-api-availability",
      from: /> 0\.006/g,
      to: "> 0.0005",
      test: "opens a ticket",
    },
    {
      mutant: "a budget that forgets refusals",
      rules: "slo-api-availability",
      from: / \+ sum\(rate\(http_server_shed_total\[5m\]\)\)/g,
      to: "",
      test: "refusal for load",
    },
    {
      mutant: "an SLI that takes fast failures for good",
      rules: "slo-event-list-latency",
      from: /,outcome=~"ok\|rejected"/g,
      to: "",
      test: "server error for slow",
    },
    {
      mutant: "one spelling of a boundary",
      rules: "slo-notification-timeliness",
      from: /le=~"60[^"]*"/g,
      to: 'le="60"',
      test: "pages",
    },
    {
      mutant: "a guard against chance left out",
      rules: "slo-registration-success",
      from: /\n +and sum_over_time\S+ \* 30 >= \d+/g,
      to: "",
      test: "silent on chance",
    },
    {
      mutant: "a page without patience",
      rules: "alerts-slo-overview",
      from: /for: \d+m/g,
      to: "for: 0s",
      test: "TargetDown fires",
    },
    {
      mutant: "a misspelt metric",
      rules: "alerts-workers",
      from: /queue_workers/g,
      to: "queue_worker",
      test: "QueueWithoutWorkers fires",
    },
    {
      mutant: "a shared fact summed",
      rules: "alerts-workers",
      from: /sum by \(instance, queue\)/g,
      to: "sum by (queue)",
      test: "QueueDepthHigh is silent",
    },
    ...[
      ["ApiErrorRateHigh", "slo-overview"],
      ["RegistrationFailureRateHigh", "slo-overview"],
      ["MailFailureRateHigh", "workers"],
    ].map(([alert, group]) => ({
      mutant: `${alert} without a least number of failures`,
      rules: `alerts-${group}`,
      from: /\n +and sum\(increase.*>= 3/g,
      to: "",
      test: `${alert} is silent`,
    })),
    {
      mutant: "a hit rate without a least number of look-ups",
      rules: "alerts-slo-overview",
      from: /\n +and sum by \(cache\).*> 1/g,
      to: "",
      test: "CacheHitRateLow is silent",
    },
    {
      mutant: "late offers without a least number",
      rules: "alerts-registrations",
      from: /> 2$/gm,
      to: "> 0",
      test: "OffersNotExpiring is silent",
    },
    {
      mutant: "a page about broken seats for what is only late",
      rules: "alerts-invariants",
      from: /\{name=~"seats_\.\+"\}/g,
      to: "",
      test: "CapacityInvariantBroken is silent",
    },
    {
      mutant: "a percentile without a least number of calls",
      rules: "alerts-slo-overview",
      from: /\n +and sum\(rate.*> 0\.1/g,
      to: "",
      test: "ApiLatencyP95High is silent",
    },
  ];
  test.each(mutants)("$mutant", ({ rules, from, to, test: name }) => {
    const text = readFileSync(path.join(PROMETHEUS, "rules", `${rules}.yml`), "utf8");
    const spoilt = text.replace(from, to);
    expect(spoilt).not.toBe(text);
    const tests = testsNamed(rules, name);
    expect(tests.length).toBeGreaterThan(0);
    const passed = (candidate: string) => tests.every((file) => passes(candidate, file));
    expect([passed(text), passed(spoilt)]).toEqual([true, false]);
  });
});

describe("alerts reach", () => {
  const config = "--config.file=infra/alertmanager/alertmanager.yml";

  test("a configuration that Alertmanager accepts", () => {
    const checked = run("amtool", ["check-config", "infra/alertmanager/alertmanager.yml"]);
    expect(checked.passed, checked.output).toBe(true);
  });

  test.each([
    ["pager", ["severity=page", "alertname=TargetDown"]],
    ["pager", ["severity=page", "alertname=CapacityInvariantBroken"]],
    ["tickets", ["severity=ticket", "alertname=JobsDying"]],
    ["tickets", ["severity=unheard-of", "alertname=Unknown"]],
    ["watchdog", ["severity=none", "alertname=Watchdog"]],
  ])("%s: %s", (receiver, labels) => {
    const args = ["config", "routes", "test", config, `--verify.receivers=${receiver}`, ...labels];
    const tested = run("amtool", args);
    expect(tested.passed, tested.output).toBe(true);
  });
});

/** Our own parser knows the shape of PromQL; Prometheus' knows its types. */
function checkTypes(expressions: string[]) {
  using folder = mkdtempDisposableSync(path.join(tmpdir(), "panels-"));
  const rules = expressions.map((expr, index) => ({
    record: `panel:number_${index}:value`,
    expr: expr.replaceAll(DASHBOARD_INTERVAL, "1m"),
  }));
  const file = path.join(folder.path, "panels.yml");
  writeFileSync(file, JSON.stringify({ groups: [{ name: "panels", rules }] }));
  return run("promtool", ["check", "rules", "--lint=none", file]);
}

/** The committed tests of a rule file whose name says so. */
function testsNamed(rules: string, name: string): RuleTestFile[] {
  return files("tests")
    .map((file) => parse(readFileSync(path.join(PROMETHEUS, file), "utf8")) as RuleTestFile)
    .filter((file) => file.rule_files.includes(`../rules/${rules}.yml`))
    .map((file) => ({ ...file, tests: file.tests.filter((one) => one.name.includes(name)) }))
    .filter((file) => file.tests.length > 0);
}

function passes(rules: string, tests: RuleTestFile): boolean {
  using folder = mkdtempDisposableSync(path.join(tmpdir(), "rules-"));
  writeFileSync(path.join(folder.path, "rules.yml"), rules);
  writeFileSync(
    path.join(folder.path, "tests.yml"),
    JSON.stringify({ ...tests, rule_files: ["rules.yml"] }),
  );
  return run("promtool", ["test", "rules", "tests.yml"], { cwd: folder.path }).passed;
}
