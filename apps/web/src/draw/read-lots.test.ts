import { TRPCClientError } from "@trpc/client";
import type { Lot } from "@tsudoi/shared/draws.ts";
import { expect, test } from "vitest";
import { readLots } from "./read-lots.ts";

const refusal = (data: object) =>
  TRPCClientError.from({ error: { code: -32000, message: "x", data } });
const lot = (registrationId: string) => ({ registrationId }) as Lot;

/** Two pages; each question is answered by what comes next in the list. */
function asked(answers: (() => unknown)[]) {
  const cursors: (string | undefined)[] = [];
  const ask: Parameters<typeof readLots>[0] = async ({ cursor }) => {
    cursors.push(cursor);
    const next = answers.shift();
    if (next === undefined) throw new Error("asked too often");
    return next() as Awaited<ReturnType<typeof ask>>;
  };
  return { ask, cursors };
}

const first = () => ({ items: [lot("a"), lot("b")], nextCursor: "next" });
const last = () => ({ items: [lot("c")], nextCursor: null });
const refuse = (data: object) => () => {
  throw refusal(data);
};
const later = refuse({ reason: "RATE_LIMITED", retryAfterMs: 1 });

test("every page is read, and a page that is refused for a while is asked for again", async () => {
  const { ask, cursors } = asked([first, later, last]);
  const read: number[] = [];
  const lots = await readLots(ask, "event", (count) => read.push(count));
  expect(lots.map(({ registrationId }) => registrationId)).toEqual(["a", "b", "c"]);
  expect(read).toEqual([2, 3]);
  expect(cursors).toEqual([undefined, "next", "next"]);
});

test.each([
  ["a second time", [first, later, later], "RATE_LIMITED"],
  ["for another reason", [first, refuse({ reason: "NOT_FOUND" })], "NOT_FOUND"],
])("a page that is refused %s is the end", async (_, answers, reason) => {
  const { ask } = asked([...answers]);
  await expect(readLots(ask, "event", () => undefined)).rejects.toMatchObject({ data: { reason } });
});
