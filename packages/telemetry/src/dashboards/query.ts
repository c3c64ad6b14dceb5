/** The variables every dashboard has, as matchers. */
const CHOSEN = 'job=~"$job",instance=~"$instance"';

/** Series of the chosen processes. */
export function chosen(name: string, where = ""): string {
  return `${name}{${where === "" ? CHOSEN : `${CHOSEN},${where}`}}`;
}

/** Events a second. */
export function rate(counter: string, where = ""): string {
  return `rate(${chosen(counter, where)}[$__rate_interval])`;
}

/** The 95th percentile of a histogram, by labels. */
export function p95(histogram: string, { by = "", where = "" } = {}): string {
  const labels = by === "" ? "le" : `le, ${by}`;
  return `histogram_quantile(0.95, sum by (${labels}) (${rate(`${histogram}_bucket`, where)}))`;
}

/** The share of events that were good in the last hour. */
export function goodShare(slo: string): string {
  return `1 - slo:sli_error:ratio_rate1h{slo="${slo}"}`;
}
