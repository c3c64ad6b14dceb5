import { stringify } from "yaml";
import { alertTests, sloTests, windowTests } from "./cases/rule-tests.ts";
import { buildDashboard } from "./dashboards/dashboard.ts";
import { REGISTRATIONS } from "./dashboards/registrations.ts";
import { SLO_OVERVIEW } from "./dashboards/slo-overview.ts";
import { WORKERS } from "./dashboards/workers.ts";
import { burnRateGroup } from "./rules/burn-rate.ts";
import { thresholdGroups } from "./rules/thresholds.ts";
import { API_AVAILABILITY, SLOS } from "./slo.ts";

export const DASHBOARDS = [SLO_OVERVIEW, REGISTRATIONS, WORKERS].map(buildDashboard);

export const RULE_GROUPS = [...SLOS.map(burnRateGroup), ...thresholdGroups()];

const NOTICE =
  "# Generated from packages/telemetry: change it there, then `pnpm --filter @tsudoi/telemetry generate`.\n";

/** Every generated file, by its path from the root of the repository; their folders hold nothing else. */
export function artefacts(): Map<string, string> {
  return new Map([
    ...DASHBOARDS.map((dashboard): [string, string] => [
      `grafana/dashboards/${dashboard.uid}.json`,
      `${JSON.stringify(dashboard, null, 2)}\n`,
    ]),
    ...thresholdGroups().map((group): [string, string] => [
      `infra/prometheus/rules/alerts-${group.name}.yml`,
      yaml({ groups: [group] }),
    ]),
    ...[...alertTests()].map(([name, tests]): [string, string] => [
      `infra/prometheus/tests/${name}.yml`,
      yaml(tests),
    ]),
    ...SLOS.flatMap((slo): [string, string][] => [
      [`infra/prometheus/rules/slo-${slo.id}.yml`, yaml({ groups: [burnRateGroup(slo)] })],
      [`infra/prometheus/tests/slo-${slo.id}.yml`, yaml(sloTests(slo))],
    ]),
    [
      "infra/prometheus/tests/slo-api-availability-windows.yml",
      yaml(windowTests(API_AVAILABILITY)),
    ],
  ]);
}

function yaml(document: unknown): string {
  return NOTICE + stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}
