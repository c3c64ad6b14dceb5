import { DomainError } from "@tsudoi/shared/errors.ts";
import { describe, expect, test, vi } from "vitest";
import { runInCall } from "./call.ts";
import { createLogger, type LogOptions, sparingly } from "./log.ts";

function aLog(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLogger({
    app: "test",
    level: "info",
    destination: { write: (line: string) => void lines.push(line) },
    ...options,
  });
  return {
    log,
    lines,
    last: () => JSON.parse(lines.at(-1) ?? "{}") as { time: string; err: unknown },
  };
}

describe("platform/log", () => {
  test("a line says what happened, when, where and in which call", () => {
    const { log, last } = aLog();
    runInCall({ name: "events.list", requestId: "request-1", queries: 0 }, () => log.info("hello"));
    expect(last()).toMatchObject({
      level: "info",
      app: "test",
      msg: "hello",
      call: "events.list",
      request_id: "request-1",
    });
    expect(last().time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  test("one line stays one line, whatever is put into it", () => {
    const { log, lines } = aLog();
    log.info({ title: 'a\n{"level":"fatal"}' }, "b\r\n{}\u2028");
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd().split("\n")).toHaveLength(1);
  });

  test("what is secret is not written, one level down neither", () => {
    const { log, lines } = aLog();
    const secret = "canary";
    for (const key of [
      "password",
      "token",
      "accessToken",
      "refreshToken",
      "email",
      "cookie",
      "authorization",
    ]) {
      log.info({ [key]: secret }, "top");
      log.info({ input: { [key]: secret } }, "below");
    }
    expect(lines.join("")).not.toContain(secret);
  });

  test("an error is its name, code, causes and stack, without a statement's parameters", () => {
    const { log, lines, last } = aLog();
    const cause = Object.assign(new Error("duplicate key"), { code: "23505" });
    const failed = new Error("Failed query: select 1\nparams: canary@example.test,canary", {
      cause,
    });
    log.error({ err: new DomainError("INTERNAL", {}, { cause: failed }) }, "failed");
    expect(last().err).toMatchObject({
      causes: [
        { name: "DomainError", message: "INTERNAL" },
        { name: "Error", message: "Failed query: select 1" },
        { name: "Error", message: "duplicate key", code: "23505" },
      ],
    });
    log.error({ err: failed }, "failed");
    expect(lines.join("")).not.toContain("canary");
    log.error({ err: "only text" }, "failed");
    expect(last().err).toEqual({ message: "only text" });
  });

  test("lines are counted by their level", () => {
    const levels: string[] = [];
    const { log } = aLog({ onLine: (level) => levels.push(level) });
    log.info("one");
    log.warn("two");
    log.debug("not written");
    expect(levels).toEqual(["info", "warn"]);
  });
});

test("what is said sparingly is said at once, and again after ten seconds", () => {
  let now = 0;
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now);
  using _restored = { [Symbol.dispose]: () => clock.mockRestore() };
  const [may, mayAnother] = [sparingly(), sparingly()];
  const said = [0, 500, 9_999, 10_000, 10_001, 20_000].filter((at) => {
    now = at;
    return may();
  });
  expect(said).toEqual([0, 10_000, 20_000]);
  expect(mayAnother()).toBe(true);
});
