/** closed: a caller calls again once answered · a number: so many calls a second, whoever is answered. */
export type Pace = "closed" | number;

export type Plan = {
  pace: Pace;
  /** So many calls at the most. */
  calls: number;
  /** A closed round begins no call after this; an open one has all its calls due before. */
  forMs: number;
};

/**
 * Which call is due when, and how long each took. At a given pace a call's time runs from when it was due,
 * not from when a line was free to send it: whoever stalls also owes the calls that waited behind.
 */
export class Ledger {
  readonly #plan: Plan;
  readonly #total: number;
  readonly #since: Float64Array;
  readonly #took: Float64Array;
  #begun = 0;
  #settled = 0;

  constructor(plan: Plan) {
    this.#plan = plan;
    this.#total =
      plan.pace === "closed"
        ? plan.calls
        : Math.min(plan.calls, Math.ceil((plan.pace * plan.forMs) / 1_000));
    this.#since = new Float64Array(this.#total);
    // A call that is never answered took for ever.
    this.#took = new Float64Array(this.#total).fill(Number.POSITIVE_INFINITY);
  }

  isDue(now: number): boolean {
    if (this.#begun === this.#total) return false;
    return this.#plan.pace === "closed" ? now < this.#plan.forMs : this.#dueAt() <= now;
  }

  /** Begins the next call and answers its number. */
  begin(now: number): number {
    this.#since[this.#begun] = this.#plan.pace === "closed" ? now : this.#dueAt();
    this.#begun += 1;
    return this.#begun - 1;
  }

  settle(call: number, end: { at: number; answered: boolean }): void {
    this.#settled += 1;
    if (end.answered) this.#took[call] = end.at - (this.#since[call] ?? 0);
  }

  /** Whether nothing is under way and nothing will be begun. */
  isOver(now: number): boolean {
    if (this.#settled < this.#begun) return false;
    if (this.#begun === this.#total) return true;
    return this.#plan.pace === "closed" && now >= this.#plan.forMs;
  }

  /** One sample for each call that was due, in milliseconds. */
  latencies(): Float64Array {
    return this.#plan.pace === "closed" ? this.#took.slice(0, this.#begun) : this.#took;
  }

  #dueAt(): number {
    const { pace } = this.#plan;
    return pace === "closed" ? 0 : (this.#begun * 1_000) / pace;
  }
}
