import { createLogger } from "@tsudoi/core/platform/log.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import { createMetrics } from "@tsudoi/telemetry/metrics.ts";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createDownloads, type Download } from "./downloads.ts";

const log = createLogger({ app: "test", level: "silent" });

/** A process with room for so many downloads, and what it counts. */
function aProcess(most = 2) {
  const metrics = createMetrics("api");
  const downloads = createDownloads({ metrics, log, most });
  const read = async (series: string) => {
    const { body } = await metrics.render();
    const line = body
      .split("\n")
      .find((each) => each.startsWith(`${series} `) || each.startsWith(`${series}{`));
    return Number(line?.split(" ").at(-1));
  };
  const told = async (outcome: string) => read(`downloads_total{outcome="${outcome}"}`);
  return { downloads, told, active: () => read("downloads_active") };
}

/** Pieces without an end, and whether they were let go. */
function endless({ failsAt = Number.POSITIVE_INFINITY, error = new Error("broken") } = {}) {
  const content = { isLetGo: false, pieces };
  return content;

  async function* pieces() {
    try {
      for (let piece = 0; ; piece += 1) {
        if (piece === failsAt) throw error;
        yield Buffer.from("piece");
      }
    } finally {
      content.isLetGo = true;
    }
  }
}

async function* three() {
  for (const piece of ["a", "b", "c"]) yield Buffer.from(piece);
}

const closed = (stream: ReturnType<Download["stream"]>) =>
  new Promise<void>((resolve) => {
    stream.once("close", resolve).on("error", () => {});
  });

describe("downloads", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());

  test("a download that is read to its end counts as taken whole", async () => {
    const { downloads, told, active } = aProcess();
    const stream = downloads.begin().stream(three());
    expect(await active()).toBe(1);
    const over = closed(stream);
    const texts = (await stream.toArray()).map(String);
    await over;
    expect(texts.join("")).toBe("abc");
    expect([await told("ok"), await active()]).toEqual([1, 0]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("only so many are under way at once; one that came to nothing makes room", async () => {
    const { downloads } = aProcess();
    const first = downloads.begin();
    downloads.begin();
    expect(() => downloads.begin()).toThrow(expect.objectContaining({ reason: "OVERLOADED" }));
    first.giveUp();
    downloads.begin();
    expect(() => downloads.begin()).toThrow(expect.objectContaining({ reason: "OVERLOADED" }));
    expect(vi.getTimerCount()).toBe(2);
  });

  test.each([
    ["before the first byte", 0],
    ["in the middle", 3],
  ])("a reader who leaves %s makes room", async (_when, pieces) => {
    const { downloads, told, active } = aProcess(1);
    const content = endless();
    const stream = downloads.begin().stream(content.pieces());
    const over = closed(stream);
    const reader = stream[Symbol.asyncIterator]();
    for (let taken = 0; taken < pieces; taken += 1) await reader.next();
    stream.destroy();
    await over;
    expect([await told("left"), await active(), vi.getTimerCount()]).toEqual([1, 0, 0]);
    expect(content.isLetGo).toBe(pieces > 0);
  });

  test("a reader who is too slow is cut off", async () => {
    const { downloads, told, active } = aProcess();
    const content = endless();
    const stream = downloads.begin().stream(content.pieces());
    const over = closed(stream);
    await stream[Symbol.asyncIterator]().next();
    await vi.advanceTimersByTimeAsync(10 * MINUTE - 1);
    expect(stream.destroyed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await over;
    expect([await told("expired"), await active(), content.isLetGo]).toEqual([1, 0, true]);
  });

  test.each([
    ["failed", new Error("broken")],
    ["expired", new DomainError("TIMEOUT")],
  ])("content that breaks off counts as %s", async (outcome, error) => {
    const { downloads, told, active } = aProcess();
    const stream = downloads.begin().stream(endless({ failsAt: 2, error }).pieces());
    const over = closed(stream);
    await expect(stream.toArray()).rejects.toBe(error);
    await over;
    expect([await told(outcome), await active()]).toEqual([1, 0]);
  });
});
