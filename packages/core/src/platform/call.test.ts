import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { type Call, currentCall, runInCall } from "./call.ts";

describe("platform/call", () => {
  test("is seen by everything it starts, and by nothing else", async () => {
    const seen = await Promise.all(
      ["events.list", "events.get"].map((name) =>
        runInCall(aCall(name), async () => {
          await turn();
          return currentCall()?.name;
        }),
      ),
    );
    expect(seen).toEqual(["events.list", "events.get"]);
    expect(currentCall()).toBeUndefined();
  });

  test("the inner call hides the outer one until it ends", () => {
    const outer = aCall("events.list");
    runInCall(outer, () => {
      expect(runInCall(aCall("system.sweep"), () => currentCall()?.name)).toBe("system.sweep");
      expect(currentCall()).toBe(outer);
    });
  });
});

function aCall(name: string): Call {
  return { name, requestId: "request", queries: 0 };
}
