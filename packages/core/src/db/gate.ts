import { performance } from "node:perf_hooks";
import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import { type Deadline, isPast, refuseIfPast, remainingMs } from "#core/platform/deadline.ts";

const RETRY_AFTER_MS = 1_000;

export type GateOptions<Item> = {
  items: readonly Item[];
  maxWaiting: number;
  acquireTimeoutMs: number;
  db: "primary" | "replica";
  metrics?: Metrics | undefined;
};

type Waiter<Item> = {
  deadline: Deadline;
  admit: (item: Item) => void;
  refuse: (error: DomainError) => void;
};

/**
 * Lends each item to one caller at a time, in the order they came.
 * Nobody waits longer than the time-out or the deadline, and no more than `maxWaiting` wait at all.
 */
export class Gate<Item> {
  readonly #options: GateOptions<Item>;
  readonly #idle: Item[];
  readonly #waiters = new Set<Waiter<Item>>();
  #closed = false;

  constructor(options: GateOptions<Item>) {
    this.#options = options;
    this.#idle = [...options.items];
  }

  async use<Result>(deadline: Deadline, work: (item: Item) => Promise<Result>): Promise<Result> {
    const { db, metrics } = this.#options;
    const asked = performance.now();
    const item = await this.#acquire(deadline);
    const admitted = performance.now();
    metrics?.dbClientConnectionWaitTimeSeconds.observe({ db }, (admitted - asked) / 1_000);
    try {
      return await work(item);
    } finally {
      this.#release(item);
      const seconds = (performance.now() - admitted) / 1_000;
      metrics?.dbClientConnectionUseTimeSeconds.observe({ db }, seconds);
    }
  }

  state(): { used: number; idle: number; pending: number } {
    const idle = this.#idle.length;
    return { used: this.#options.items.length - idle, idle, pending: this.#waiters.size };
  }

  /** Turns away who waits and whoever still comes. */
  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiters) waiter.refuse(this.#refused());
  }

  #acquire(deadline: Deadline): Item | Promise<Item> {
    refuseIfPast(deadline);
    if (this.#closed) throw this.#refused();
    const item = this.#idle.pop();
    if (item !== undefined) return item;
    if (this.#waiters.size >= this.#options.maxWaiting) throw this.#refused();
    return this.#wait(deadline);
  }

  #wait(deadline: Deadline): Promise<Item> {
    const { promise, resolve, reject } = Promise.withResolvers<Item>();
    const leave = () => {
      clearTimeout(timer);
      this.#waiters.delete(waiter);
    };
    const waiter: Waiter<Item> = {
      deadline,
      admit: (item) => {
        leave();
        resolve(item);
      },
      refuse: (error) => {
        leave();
        reject(error);
      },
    };
    const { acquireTimeoutMs } = this.#options;
    const leftMs = remainingMs(deadline);
    const giveUp = () => waiter.refuse(leftMs < acquireTimeoutMs ? late() : this.#refused());
    const timer = setTimeout(giveUp, Math.min(leftMs, acquireTimeoutMs));
    this.#waiters.add(waiter);
    return promise;
  }

  #release(item: Item): void {
    for (const waiter of this.#waiters) {
      if (!isPast(waiter.deadline)) {
        waiter.admit(item);
        return;
      }
      waiter.refuse(late());
    }
    this.#idle.push(item);
  }

  #refused(): DomainError {
    const { db, metrics } = this.#options;
    metrics?.dbClientConnectionTimeoutsTotal.inc({ db });
    return new DomainError("OVERLOADED", { retryAfterMs: RETRY_AFTER_MS });
  }
}

function late(): DomainError {
  return new DomainError("TIMEOUT", { retryAfterMs: RETRY_AFTER_MS });
}
