import type { Series } from "./example-series.ts";

/** The proof of an alert: what makes it fire, and what looks like it and must not. */
export type AlertCase = {
  at: string;
  /** When the condition already holds, but not for long enough. */
  pendingAt?: string;
  fires: Firing;
  /** Other ways to the same condition, each with a case of its own. */
  alsoFires?: Firing[];
  silent: Series[];
};

type Firing = {
  series: Series;
  labels?: Record<string, string>;
  /** `{{ $value … }}` as the description prints it. */
  value?: string;
};
