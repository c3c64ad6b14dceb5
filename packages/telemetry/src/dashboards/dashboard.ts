import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  type Panel as GrafanaPanel,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { buildPanel, DATASOURCE, type Panel } from "./panel.ts";

/** A row is open or folded; what is folded is asked for only when somebody looks. */
export type Row = { title: string; folded: boolean; panels: Panel[] };

export type Plan = {
  uid: string;
  title: string;
  /** Who looks at it and which question it answers. */
  description: string;
  /** The scrape jobs it is about. */
  jobs: "api|worker" | "worker";
  rows: Row[];
};

const TAG = "tsudoi";

/** The classic model: Grafana's file provisioning takes no other. */
export function buildDashboard(plan: Plan): Dashboard {
  const builder = new DashboardBuilder(plan.title)
    .uid(plan.uid)
    .description(plan.description)
    .tags([TAG])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .refresh("30s")
    .time({ from: "now-6h", to: "now" })
    .timezone("browser")
    .withVariable(
      new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus"),
    )
    .withVariable(variable("job", `up{job=~"${plan.jobs}"}`))
    .withVariable(variable("instance", 'up{job=~"$job"}'))
    .annotation(deployments())
    .link(
      new DashboardLinkBuilder("Dashboards")
        .type(DashboardLinkType.Dashboards)
        .tags([TAG])
        .asDropdown(true)
        .includeVars(true)
        .keepTime(true),
    );
  for (const row of plan.rows) addRow(builder, row);

  // The SDK leaves methods in what it builds; a dashboard is data.
  const dashboard = JSON.parse(JSON.stringify(builder.build())) as Dashboard;
  numberPanels(dashboard);
  return dashboard;
}

function addRow(builder: DashboardBuilder, row: Row): void {
  const head = new RowBuilder(row.title);
  const panels = row.panels.map((panel) => ({ build: () => buildPanel(panel) }));
  if (row.folded) for (const panel of panels) head.withPanel(panel);
  builder.withRow(head);
  if (!row.folded) for (const panel of panels) builder.withPanel(panel);
}

/** Without ids of our own, links to a panel and differences between versions would change at random. */
function numberPanels(dashboard: Dashboard): void {
  let id = 1;
  for (const panel of dashboard.panels ?? []) {
    panel.id = id++;
    if (!("panels" in panel)) continue;
    for (const inner of panel.panels as GrafanaPanel[]) inner.id = id++;
  }
}

function variable(name: string, series: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(name)
    .datasource(DATASOURCE)
    .query(`label_values(${series}, ${name})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".+")
    .current({ selected: true, text: "All", value: "$__all" });
}

/** A vertical line where a process started, named after its version. */
function deployments(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name("Starts")
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor("blue")
    .expr(
      "1000 * max by (job, version) (process_start_time_seconds * on (job, instance) group_left (version) app_build_info)",
    )
    .titleFormat("{{job}} {{version}}")
    .useValueForTime(true);
}
