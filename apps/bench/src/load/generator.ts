import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Round, RoundResult } from "./round.ts";

export type Order =
  | { kind: "people"; name: string; tokens: string[] }
  | { kind: "round"; round: Round };
export type Reply =
  | { kind: "done" }
  | { kind: "result"; result: RoundResult }
  | { kind: "failed"; reason: string };

export type Generator = AsyncDisposable & {
  /** Hands over the tokens of people that rounds name. */
  introduce: (name: string, tokens: string[]) => Promise<void>;
  run: (round: Round) => Promise<RoundResult>;
};

const MAIN = new URL("./main.ts", import.meta.url);

/** The load comes from a process of its own, so that who measures is not slowed by what is measured. */
export function startGenerator(): Generator {
  const child = fork(fileURLToPath(MAIN), [], { serialization: "advanced", env: {} });
  const gone = once(child, "exit");
  const ask = async (order: Order): Promise<Reply> => {
    const answered = once(child, "message");
    // One that is gone is noticed by its exit.
    child.send(order, () => {});
    const [reply] = (await Promise.race([answered, gone.then(refuse)])) as [Reply];
    if (reply.kind === "failed") throw new Error(`the load generator failed: ${reply.reason}`);
    return reply;
  };
  return {
    async introduce(name, tokens) {
      await ask({ kind: "people", name, tokens });
    },
    async run(round) {
      const reply = await ask({ kind: "round", round });
      if (reply.kind !== "result") throw new Error("the load generator gave no result");
      return reply.result;
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
}

function refuse(): never {
  throw new Error("the load generator is gone");
}
