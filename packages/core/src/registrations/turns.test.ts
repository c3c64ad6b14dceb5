import { describe, expect, test } from "vitest";
import { deadlineIn } from "#core/platform/deadline.ts";
import { reasonOf } from "#test/refusals.ts";
import { createTurns } from "./turns.ts";

describe("registrations/turns", () => {
  test("one after another for a key, in the order asked, and each key by itself", async () => {
    const turns = createTurns();
    const log: string[] = [];
    const first = Promise.withResolvers<void>();
    const work = (name: string, until?: Promise<void>) => async () => {
      log.push(`${name} begins`);
      await until;
      log.push(`${name} ends`);
      return name;
    };
    const all = Promise.all([
      turns.take("a", work("a1", first.promise)),
      turns.take("a", work("a2")),
      turns.take("a", work("a3")),
      turns.take("b", work("b1")).then((name) => {
        first.resolve();
        return name;
      }),
    ]);
    expect(await all).toEqual(["a1", "a2", "a3", "b1"]);
    expect(log.filter((line) => line.startsWith("a"))).toEqual([
      "a1 begins",
      "a1 ends",
      "a2 begins",
      "a2 ends",
      "a3 begins",
      "a3 ends",
    ]);
    expect(log.indexOf("b1 ends")).toBeLessThan(log.indexOf("a1 ends"));
  });

  test("what fails holds nobody up", async () => {
    const turns = createTurns();
    const failing = turns.take("a", () => Promise.reject(new Error("no")));
    const next = turns.take("a", () => Promise.resolve("yes"));
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("yes");
  });

  test("whoever has waited too long is told so at once, begins nothing, and lets nobody past", async () => {
    const turns = createTurns();
    const gate = Promise.withResolvers<void>();
    const holding = turns.take("a", () => gate.promise);
    const log: string[] = [];
    const note = (name: string) => async () => {
      log.push(name);
    };
    const late = turns.take("a", note("late"), { deadline: deadlineIn(0) });
    const next = turns.take("a", note("next"));
    expect(await reasonOf(late)).toBe("TIMEOUT");
    expect(log).toEqual([]);
    gate.resolve();
    await Promise.all([holding, next]);
    expect(log).toEqual(["next"]);
  });

  test("a flood for one key is refused, and no other key hears of it", async () => {
    const turns = createTurns();
    const gate = Promise.withResolvers<void>();
    const hold = (key: string) => turns.take(key, () => gate.promise, { most: 3 });
    const waiting = [hold("a"), hold("a"), hold("a")];
    expect(await reasonOf(hold("a"))).toBe("OVERLOADED");
    const others = [hold("b"), turns.take("a", () => gate.promise)];
    gate.resolve();
    await Promise.all([...waiting, ...others]);
    expect(await turns.take("a", () => Promise.resolve("free"), { most: 1 })).toBe("free");
  });
});
