import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { calmly } from "./calmly.ts";

const PAUSE_MS = 2_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function aReader() {
  const answers: PromiseWithResolvers<void>[] = [];
  const calm = calmly(() => {
    const answer = Promise.withResolvers<void>();
    answers.push(answer);
    return answer.promise;
  }, PAUSE_MS);
  const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
  return { calm, answers, pass };
}

test("the first is done at once, and a rush behind it once more", async () => {
  const { calm, answers, pass } = aReader();
  for (let change = 0; change < 100; change += 1) calm.ask();
  expect(answers).toHaveLength(1);
  answers[0]?.resolve();
  await pass(PAUSE_MS - 1);
  expect(answers).toHaveLength(1);
  await pass(1);
  expect(answers).toHaveLength(2);
  answers[1]?.resolve();
  await pass(10 * PAUSE_MS);
  expect(answers).toHaveLength(2);
  calm.ask();
  expect(answers).toHaveLength(3);
});

test("what takes long is not begun again before it has ended, well or badly", async () => {
  const { calm, answers, pass } = aReader();
  calm.ask();
  calm.ask();
  await pass(10 * PAUSE_MS);
  expect(answers).toHaveLength(1);
  answers[0]?.reject(new Error("no network"));
  await pass(PAUSE_MS);
  expect(answers).toHaveLength(2);
});

test.each(["while it is done", "in the pause behind it"])(
  "who leaves %s asks no more",
  async (when) => {
    const { calm, answers, pass } = aReader();
    calm.ask();
    calm.ask();
    if (when === "while it is done") calm.stop();
    answers[0]?.resolve();
    await pass(1);
    calm.stop();
    await pass(10 * PAUSE_MS);
    expect(answers).toHaveLength(1);
  },
);
