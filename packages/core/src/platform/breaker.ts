import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  handleWhen,
  SamplingBreaker,
} from "cockatiel";

/** How long an open breaker refuses before one call may ask again. */
export const ASK_AGAIN_MS = 10_000;
const WINDOW_MS = 10_000;
/** Opens when more than half of a window's calls met an outage, five calls at least. */
const SHARE = 0.5;
const MIN_RPS = 0.5;

export type Circuit = "closed" | "half_open" | "open";

export type Breaker = {
  execute: <T>(work: () => Promise<T>) => Promise<T>;
  onChange: (listener: (circuit: Circuit) => void) => void;
};

const CIRCUITS: Record<CircuitState, Circuit> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.HalfOpen]: "half_open",
  [CircuitState.Open]: "open",
  [CircuitState.Isolated]: "open",
};

/** Stops asking a dependency that fails, so that its trouble does not use up the attempts of what waits for it. */
export function createBreaker(options: {
  dependency: "mail";
  metrics?: Metrics;
  /** What befalls one call alone says nothing about the dependency, and is not counted. */
  isOutage: (error: unknown) => boolean;
}): Breaker {
  const { dependency, metrics } = options;
  const policy = circuitBreaker(handleWhen(options.isOutage), {
    halfOpenAfter: ASK_AGAIN_MS,
    breaker: new SamplingBreaker({ threshold: SHARE, duration: WINDOW_MS, minimumRps: MIN_RPS }),
  });
  const publish = (state: CircuitState) => {
    for (const name of ["closed", "half_open", "open"] as const) {
      metrics?.circuitBreakerState.set(
        { dependency, state: name },
        CIRCUITS[state] === name ? 1 : 0,
      );
    }
  };
  publish(policy.state);
  policy.onStateChange(publish);
  return {
    async execute(work) {
      // While one call asks, cockatiel lets the others wait for its answer; ours have better to do.
      if (policy.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
      return await policy.execute(work);
    },
    onChange: (listener) => void policy.onStateChange((state) => listener(CIRCUITS[state])),
  };
}

/** True when the breaker refused without asking: no attempt was made. */
export function isOpenCircuit(error: unknown): boolean {
  return error instanceof BrokenCircuitError;
}
