import { ASK_AGAIN_MS, type Circuit } from "@tsudoi/core/platform/breaker.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hold } from "./hold.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setStage() {
  let tell: (circuit: Circuit) => void = () => undefined;
  const asked: string[] = [];
  const held = hold(
    {
      pause: async () => void asked.push("pause"),
      resume: async () => void asked.push("resume"),
    },
    {
      onCircuitChange: (listener) => {
        tell = listener;
      },
    },
  );
  return { held, asked, tell: (circuit: Circuit) => tell(circuit) };
}

describe("hold", () => {
  test("rests while the server is down, and while one mail asks for it", () => {
    const { asked, tell } = setStage();
    tell("open");
    vi.advanceTimersByTime(ASK_AGAIN_MS - 1);
    expect(asked).toEqual(["pause"]);
    vi.advanceTimersByTime(1);
    expect(asked).toEqual(["pause", "resume"]);
    tell("half_open");
    vi.advanceTimersByTime(10 * ASK_AGAIN_MS);
    tell("open");
    expect(asked).toEqual(["pause", "resume", "pause", "pause"]);
    vi.advanceTimersByTime(ASK_AGAIN_MS);
    tell("half_open");
    tell("closed");
    expect(asked.slice(4)).toEqual(["resume", "pause", "resume"]);
  });

  test("wakes nobody who is leaving", () => {
    const { held, asked, tell } = setStage();
    tell("open");
    held[Symbol.dispose]();
    vi.advanceTimersByTime(ASK_AGAIN_MS);
    tell("closed");
    expect(asked).toEqual(["pause"]);
  });
});
