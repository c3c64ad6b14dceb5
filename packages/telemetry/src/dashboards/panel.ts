import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  VisibilityMode,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type Panel as GrafanaPanel,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeseriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";

export type Unit = "s" | "bytes" | "percentunit" | "reqps" | "ops" | "short";

export type Query = { expr: string; legend: string };

export type Panel = {
  title: string;
  /** What it shows and what to think of it. */
  description: string;
  unit: Unit;
  kind?: "timeseries" | "stat" | "table";
  queries: Query[];
  /** Columns of 24. */
  width?: number;
  /** Where good ends: values `above` it, or `below` it, are bad. */
  limit?: { bad: "above" | "below"; at: number };
  height?: number;
  /** What the axis shows at least, when 0 to the highest value would hide the truth. */
  axis?: { from: number; to: number };
};

export const DATASOURCE = { type: "prometheus", uid: "$datasource" };

const HALF = 12;
const HEIGHT = 8;

/** One panel of ours as Grafana's classic model. */
export function buildPanel(panel: Panel): GrafanaPanel {
  switch (panel.kind ?? "timeseries") {
    case "timeseries":
      return timeseries(panel);
    case "stat":
      return stat(panel);
    case "table":
      return table(panel);
  }
}

function timeseries(panel: Panel): GrafanaPanel {
  const builder = describe(new TimeseriesBuilder(), panel)
    .fillOpacity(8)
    .showPoints(VisibilityMode.Never);
  for (const query of targets(panel)) builder.withTarget(query.range());
  if (panel.axis) builder.axisSoftMin(panel.axis.from).axisSoftMax(panel.axis.to);
  else builder.min(0);
  if (panel.limit) {
    builder
      .thresholds(steps(panel.limit))
      .thresholdsStyle(
        new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed),
      );
  }
  return builder.build();
}

function stat(panel: Panel): GrafanaPanel {
  const builder = describe(new StatBuilder(), panel);
  for (const query of targets(panel)) builder.withTarget(query.instant());
  if (panel.limit) builder.thresholds(steps(panel.limit));
  return builder.build();
}

function table(panel: Panel): GrafanaPanel {
  const builder = describe(new TableBuilder(), panel).withTransformation({
    id: "organize",
    options: { excludeByName: { Time: true, Value: true } },
  });
  for (const query of targets(panel)) {
    builder.withTarget(query.instant().format(PromQueryFormat.Table));
  }
  return builder.build();
}

function describe<B extends TimeseriesBuilder | StatBuilder | TableBuilder>(
  builder: B,
  panel: Panel,
): B {
  builder
    .title(panel.title)
    .description(panel.description)
    .datasource(DATASOURCE)
    .unit(panel.unit)
    .span(panel.width ?? HALF)
    .height(panel.height ?? HEIGHT);
  return builder;
}

function targets(panel: Panel): DataqueryBuilder[] {
  return panel.queries.map(({ expr, legend }, index) =>
    new DataqueryBuilder()
      .datasource(DATASOURCE)
      .refId("ABCDEFGH".charAt(index))
      .expr(expr)
      .legendFormat(legend),
  );
}

function steps({ bad, at }: NonNullable<Panel["limit"]>): ThresholdsConfigBuilder {
  const [low, high] = bad === "above" ? ["green", "red"] : ["red", "green"];
  const values: Threshold[] = [
    { value: null, color: low },
    { value: at, color: high },
  ];
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(values);
}
