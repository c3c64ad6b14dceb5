import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  handleWhen,
  SamplingBreaker,
} from "cockatiel";

const HALF_OPEN_AFTER_MS = 10_000;
const WINDOW_MS = 10_000;
/** Opens when half of the calls of a window fail, from one call in two seconds upward. */
const SHARE = 0.5;
const MIN_RPS = 0.5;

export type Breaker = { execute: <T>(work: () => Promise<T>) => Promise<T> };

const STATE_NAMES = {
  [CircuitState.Closed]: "closed",
  [CircuitState.HalfOpen]: "half_open",
  [CircuitState.Open]: "open",
  [CircuitState.Isolated]: "open",
} as const;

/** Stops asking a dependency that fails, so that its trouble does not use up the attempts of what waits for it. */
export function createBreaker(options: {
  dependency: "mail";
  metrics?: Metrics;
  /** A refusal of one message says nothing about the server. */
  isOutage: (error: unknown) => boolean;
}): Breaker {
  const { dependency, metrics } = options;
  const policy = circuitBreaker(handleWhen(options.isOutage), {
    halfOpenAfter: HALF_OPEN_AFTER_MS,
    breaker: new SamplingBreaker({ threshold: SHARE, duration: WINDOW_MS, minimumRps: MIN_RPS }),
  });
  const publish = (state: CircuitState) => {
    for (const name of ["closed", "half_open", "open"] as const) {
      metrics?.circuitBreakerState.set(
        { dependency, state: name },
        STATE_NAMES[state] === name ? 1 : 0,
      );
    }
  };
  publish(policy.state);
  policy.onStateChange(publish);
  return { execute: (work) => policy.execute(work) };
}

/** True when the breaker refused without asking: no attempt was made. */
export function isOpenCircuit(error: unknown): boolean {
  return error instanceof BrokenCircuitError;
}
