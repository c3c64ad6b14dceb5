import { AsyncLocalStorage } from "node:async_hooks";
import type { Deadline } from "./deadline.ts";

/** The procedure or job at work, to which statements, log lines and metrics are attributed. */
export type Call = {
  name: string;
  requestId: string;
  /** Statements sent so far. */
  queries: number;
  /** No statement starts after it. */
  deadline?: Deadline;
};

const calls = new AsyncLocalStorage<Call>();

/** Everything that `work` starts sees this call, also after an await. */
export function runInCall<T>(call: Call, work: () => T): T {
  return calls.run(call, work);
}

export function currentCall(): Call | undefined {
  return calls.getStore();
}

/** For what a call still reads after it was answered: runs it as part of the call that is at work now. */
export function inThisCall(): <T>(work: () => T) => T {
  return AsyncLocalStorage.snapshot();
}
