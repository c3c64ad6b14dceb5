import { describe, expect, test } from "vitest";
import { deadlineIn, NO_DEADLINE } from "#core/platform/deadline.ts";
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
      turns.take("a", NO_DEADLINE, work("a1", first.promise)),
      turns.take("a", NO_DEADLINE, work("a2")),
      turns.take("a", NO_DEADLINE, work("a3")),
      turns.take("b", NO_DEADLINE, work("b1")).then((name) => {
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
    const failing = turns.take("a", NO_DEADLINE, () => Promise.reject(new Error("no")));
    const next = turns.take("a", NO_DEADLINE, () => Promise.resolve("yes"));
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("yes");
  });

  test("whoever has waited too long is told so, and begins nothing", async () => {
    const turns = createTurns();
    const gate = Promise.withResolvers<void>();
    const holding = turns.take("a", NO_DEADLINE, () => gate.promise);
    let begun = false;
    const late = turns.take("a", deadlineIn(0), async () => {
      begun = true;
    });
    gate.resolve();
    await holding;
    expect(await reasonOf(late)).toBe("TIMEOUT");
    expect(begun).toBe(false);
  });

  test("a flood is refused, not kept", async () => {
    const turns = createTurns();
    const gate = Promise.withResolvers<void>();
    const waiting = Array.from({ length: 2_000 }, () =>
      turns.take("a", NO_DEADLINE, () => gate.promise),
    );
    const more = turns.take("a", NO_DEADLINE, () => gate.promise);
    expect(await reasonOf(more)).toBe("OVERLOADED");
    gate.resolve();
    await Promise.all(waiting);
    expect(await turns.take("a", NO_DEADLINE, () => Promise.resolve("free"))).toBe("free");
  });
});
