import type { Order, Reply } from "./generator.ts";
import { runRound } from "./round.ts";

/** People do not change between rounds, so their tokens are sent over once. */
const people = new Map<string, string[]>();

process.on("message", (order: Order) => {
  void obey(order).then((reply) => process.send?.(reply));
});
process.on("disconnect", () => process.exit());

async function obey(order: Order): Promise<Reply> {
  try {
    if (order.kind === "people") people.set(order.name, order.tokens);
    if (order.kind !== "round") return { kind: "done" };
    return {
      kind: "result",
      result: await runRound(order.round, people.get(order.round.people) ?? []),
    };
  } catch (error) {
    return { kind: "failed", reason: error instanceof Error ? error.message : String(error) };
  }
}
