import { expect, test, vi } from "vitest";
import { keepAlive } from "./keep-alive.ts";

/** A process that ends when the test says so, on a clock that the test moves. */
function aProcess() {
  let time = 0;
  let end = Promise.withResolvers<string>();
  const said: string[] = [];
  const gaveUp: string[] = [];
  const restart = vi.fn(() => {
    end = Promise.withResolvers<string>();
  });
  const alive = keepAlive({
    title: "The API",
    ended: () => end.promise,
    restart,
    say: (line) => said.push(line),
    onGiveUp: (reason) => gaveUp.push(reason),
    clock: {
      now: () => time,
      pause: async (ms, signal) => {
        signal.throwIfAborted();
        time += ms;
      },
    },
  });
  const die = async (afterMs = 0) => {
    time += afterMs;
    end.resolve("exit code 1");
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { alive, die, restart, said, gaveUp };
}

test("starts again what ended, later each time", async () => {
  const { die, restart, said } = aProcess();
  for (let death = 0; death < 5; death += 1) await die();
  expect(restart).toHaveBeenCalledTimes(5);
  expect(said.map((line) => line.replace(/.*again in /, ""))).toEqual([
    "0.5 s",
    "1 s",
    "2 s",
    "4 s",
    "8 s",
  ]);
  expect(said[0]).toBe("The API ended (exit code 1); starting it again in 0.5 s");
});

test("gives up on what never lives", async () => {
  const { die, restart, gaveUp } = aProcess();
  for (let death = 0; death < 6; death += 1) await die();
  expect(gaveUp).toEqual(["The API ended 6 times in a row (exit code 1)"]);
  expect(restart).toHaveBeenCalledTimes(5);
});

test("a restart that fails is one more death", async () => {
  const { die, restart, said, gaveUp } = aProcess();
  restart.mockImplementation(() => {
    throw new Error("no memory");
  });
  await die();
  expect(said[1]).toBe("The API ended (no memory); starting it again in 1 s");
  expect(gaveUp).toEqual(["The API ended 6 times in a row (no memory)"]);
});

test("a death after a steady life is a first one", async () => {
  const { die, gaveUp, said } = aProcess();
  for (let death = 0; death < 20; death += 1) await die(61_000);
  expect(gaveUp).toEqual([]);
  expect(said.at(-1)).toContain("again in 0.5 s");
});

test("once released, nothing is started again and nobody is told", async () => {
  const { alive, die, restart, said, gaveUp } = aProcess();
  alive.release();
  await die();
  expect(restart).not.toHaveBeenCalled();
  expect([...said, ...gaveUp]).toEqual([]);
});
