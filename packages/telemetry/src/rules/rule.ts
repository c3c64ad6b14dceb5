/** Prometheus rule files as data. */
export type RecordingRule = { record: string; expr: string; labels?: Record<string, string> };

export type AlertingRule = {
  alert: string;
  expr: string;
  for?: string;
  keep_firing_for?: string;
  labels: Record<string, string>;
  annotations: {
    summary: string;
    description: string;
    runbook_url: string;
    dashboard_url: string;
  };
};

export type Rule = RecordingRule | AlertingRule;
export type RuleGroup = { name: string; interval: string; rules: Rule[] };

/** How often Prometheus asks; a window must span several scrapes. */
export const SCRAPE_SECONDS = 15;

export const SEVERITIES = ["page", "ticket", "none"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Paths, because only the operator knows where the repository and Grafana are read. */
export function runbookUrl(name: string): string {
  return `docs/runbooks/${name}.md`;
}

export function dashboardUrl(uid: string): string {
  return `/d/${uid}`;
}
