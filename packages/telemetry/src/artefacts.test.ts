import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { artefacts } from "./artefacts.ts";
import { SCRAPE_SECONDS } from "./rules/rule.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

test.each([...artefacts()])("%s is what the code generates", (file, text) => {
  expect(read(file)).toBe(text);
});

test.each(["grafana/dashboards", "infra/prometheus/rules", "infra/prometheus/tests"])(
  "%s holds nothing else",
  (folder) => {
    const generated = [...artefacts().keys()].filter((file) => path.dirname(file) === folder);
    const found = readdirSync(path.join(ROOT, folder)).map((name) => `${folder}/${name}`);
    expect(found.sort()).toEqual(generated.sort());
  },
);

test("Prometheus scrapes as often as the rules assume, and Grafana knows", () => {
  const prometheus = parse(read("infra/prometheus/prometheus.yml"));
  const grafana = parse(read("grafana/provisioning/datasources/prometheus.yml"));
  expect(prometheus.global.scrape_interval).toBe(`${SCRAPE_SECONDS}s`);
  expect(grafana.datasources[0].jsonData.timeInterval).toBe(`${SCRAPE_SECONDS}s`);
});

test("Prometheus names its jobs as rules and dashboards do", () => {
  const { scrape_configs } = parse(read("infra/prometheus/prometheus.yml"));
  const jobs = scrape_configs.map((config: { job_name: string }) => config.job_name);
  expect(jobs).toEqual(expect.arrayContaining(["api", "worker"]));
});
