import { call } from "@tsudoi/core/test/call.ts";
import { MAX_BODY_BYTES } from "@tsudoi/shared/system.ts";
import { describe, expect, test, vi } from "vitest";
import { procedureUrl, readMetric, send, useStage } from "./stage.ts";

const stage = useStage();
const at = (path: string, search?: Record<string, string>) => procedureUrl(stage.url, path, search);

describe("the wire, byte by byte", () => {
  const wrong = "01890000-0000-7000-8000-000000000000";

  test("an answer, alone and in a batch", async () => {
    const input = JSON.stringify({});
    const alone = await send(at("system.info", { input }));
    const batch = await send(
      at("system.info,system.info", { batch: "1", input: '{"0":{},"1":{}}' }),
    );
    const data = {
      version: expect.any(String),
      commit: null,
      features: expect.any(Array),
      limits: expect.any(Object),
    };
    expect([alone.status, batch.status]).toEqual([200, 200]);
    expect(JSON.parse(alone.text)).toEqual({ result: { data } });
    expect(JSON.parse(batch.text)).toEqual([{ result: { data } }, { result: { data } }]);
    expect(alone.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(alone.headers.get("cache-control")).toBe("no-store");
    expect(alone.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("a refusal says why, and nothing else", async () => {
    const { status, text, headers } = await send(
      at("events.get", { input: JSON.stringify({ eventId: wrong }) }),
      { token: stage.token },
    );
    expect(status).toBe(404);
    expect(JSON.parse(text)).toEqual({
      error: {
        message: "NOT_FOUND",
        code: -32004,
        data: {
          code: "NOT_FOUND",
          httpStatus: 404,
          path: "events.get",
          reason: "NOT_FOUND",
          requestId: headers.get("x-request-id"),
        },
      },
    });
  });

  test("a batch of different ends is 207, one of equal ends has their status", async () => {
    const input = JSON.stringify({ 0: {}, 1: { eventId: wrong } });
    const mixed = await send(at("auth.me,events.get", { batch: "1", input }), {
      token: stage.token,
    });
    expect(mixed.status).toBe(207);
    expect(JSON.parse(mixed.text)).toMatchObject([
      { result: {} },
      { error: { data: { httpStatus: 404 } } },
    ]);
    expect(
      (
        await send(
          at("events.get,events.get", {
            batch: "1",
            input: JSON.stringify({ 0: { eventId: wrong }, 1: { eventId: wrong } }),
          }),
          { token: stage.token },
        )
      ).status,
    ).toBe(404);
    expect((await send(at("auth.me,events.list", { batch: "1" }))).status).toBe(401);
  });

  test("nothing is the same as {}, in every place where it can be left out", async () => {
    for (const input of [undefined, "{}", "null"]) {
      const search: Record<string, string> = input === undefined ? {} : { input };
      expect((await send(at("auth.me", search), { token: stage.token })).status).toBe(200);
      expect((await send(at("events.list", search), { token: stage.token })).status).toBe(200);
    }
    expect(
      (await send(at("auth.me,events.list", { batch: "1" }), { token: stage.token })).status,
    ).toBe(200);
    for (const body of ["", "{}", "null"]) {
      expect((await send(at("auth.signOut"), { body })).status).toBe(200);
    }
    expect((await send(at("auth.me", { input: '{"a":1}' }), { token: stage.token })).status).toBe(
      400,
    );
  });

  test("an input that cannot be read is refused, alone and in a batch", async () => {
    for (const search of [{ input: "{" }, { input: "" }, { batch: "1", input: "{" }]) {
      const { status, text } = await send(at("auth.me", search), { token: stage.token });
      expect(status).toBe(400);
      expect(text).toContain('"reason":"VALIDATION"');
    }
    expect((await send(`${at("auth.me")}?input=1&input=2`, { token: stage.token })).status).toBe(
      400,
    );
    for (const body of ["{", "\u0000", "[", '{"a":', "NaN", "undefined", "'a'"]) {
      const { status, text } = await send(at("auth.setLocale"), { token: stage.token, body });
      expect({ body, status }).toEqual({ body, status: 400 });
      expect(JSON.parse(text).error.data).toMatchObject({ reason: "VALIDATION" });
    }
  });

  test("fields are named by what is wrong with them", async () => {
    const answer = await call(
      stage.url,
      ["events.list", { limit: 0, text: "x".repeat(101), nothing: 1 }],
      { token: stage.token, query: true },
    );
    expect(answer).toMatchObject({
      ok: false,
      status: 400,
      body: {
        error: {
          data: {
            issues: expect.arrayContaining([
              expect.objectContaining({ path: "limit", code: "too_small" }),
              expect.objectContaining({ path: "text", code: "too_big" }),
              expect.objectContaining({ path: "(input)", code: "unrecognized_keys" }),
            ]),
          },
        },
      },
    });
  });

  test("a name that no procedure has is not found, and cannot grow the metrics", async () => {
    const [api] = stage.system.apis;
    const series = 'rpc_server_errors_total{rpc_method="_OTHER",code="NOT_FOUND"}';
    const before = await readMetric(api!.metricsUrl, series);
    const names = [
      "events.nothing",
      "events",
      "__proto__",
      "constructor",
      "toString",
      "events.list.name",
      "a%00b",
      "%2e%2e%2fetc",
      " ",
    ];
    for (const name of names) {
      expect((await send(at(name), { token: stage.token })).status).toBe(404);
    }
    expect(await readMetric(api!.metricsUrl, series)).toBe(before + names.length);
    expect((await send(api!.metricsUrl)).text).not.toContain("nothing");
    expect((await send(`${stage.url}/trpc/events/list`, { token: stage.token })).status).toBe(404);
    expect((await send(`${stage.url}/nowhere`, { token: stage.token })).status).toBe(404);
  });

  test("a mutation cannot be reached by GET, nor a query by POST", async () => {
    const input = JSON.stringify({ locale: "en" });
    expect((await send(at("auth.setLocale", { input }), { token: stage.token })).status).toBe(404);
    expect((await send(at("events.list"), { token: stage.token, body: "{}" })).status).toBe(404);
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const response = await fetch(at("auth.setLocale"), {
        method,
        headers: { authorization: `Bearer ${stage.token}` },
      });
      expect(response.status).toBe(404);
    }
  });

  test("a body may have 256 KiB and not a byte more", async () => {
    const padded = (bytes: number) => {
      const frame = JSON.stringify({ locale: "" }).length;
      return JSON.stringify({ locale: "x".repeat(bytes - frame) });
    };
    const most = await send(at("auth.setLocale"), {
      token: stage.token,
      body: padded(MAX_BODY_BYTES),
    });
    const over = await send(at("auth.setLocale"), {
      token: stage.token,
      body: padded(MAX_BODY_BYTES + 1),
    });
    expect([most.status, over.status]).toEqual([400, 413]);
    expect(JSON.parse(over.text).error.data).toMatchObject({
      reason: "VALIDATION",
      issues: [{ code: "too_big" }],
    });
  });

  test("headers too long are refused before anything reads them", async () => {
    const { status, text, headers } = await send(at("system.info"), {
      headers: { "x-long": "x".repeat(17_000) },
    });
    expect(status).toBe(431);
    expect(JSON.parse(text).error.data).toMatchObject({ reason: "VALIDATION" });
    expect(headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    for (const path of ["a,".repeat(600), "%zz"]) {
      const unread = await send(at(path), { token: stage.token });
      expect(unread.status).toBe(400);
      expect(JSON.parse(unread.text).error.data).toMatchObject({ reason: "VALIDATION" });
      expect(unread.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    }

    expect(
      (
        await send(at(`${"events.list,".repeat(9)}events.list`, { batch: "1" }), {
          token: stage.token,
        })
      ).status,
    ).toBe(200);
  });

  test("a request has the id it came with, or gets one", async () => {
    const id = "tap_0123-4567";
    const kept = await send(at("events.get"), {
      token: stage.token,
      headers: { "x-request-id": id },
    });
    expect(kept.headers.get("x-request-id")).toBe(id);
    expect(JSON.parse(kept.text).error.data.requestId).toBe(id);
    for (const odd of ["short", "x".repeat(65), 'a"b<c>defgh', "with space in it"]) {
      const made = await send(at("system.info"), { headers: { "x-request-id": odd } });
      expect(made.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
    }
    for (const path of ["/livez", "/nowhere", "/trpc/system.info"]) {
      expect((await send(stage.url + path)).headers.get("x-request-id")).toBeTruthy();
    }
  });

  test("a client that goes away is not counted as there for ever", async () => {
    const [api] = stage.system.apis;
    const aborts = Array.from({ length: 20 }, async () => {
      const leaving = new AbortController();
      const gone = fetch(at("events.list"), {
        headers: { authorization: `Bearer ${stage.token}` },
        signal: leaving.signal,
      });
      setImmediate(() => leaving.abort());
      await gone.catch(() => {});
    });
    await Promise.all(aborts);
    await vi.waitFor(
      async () => expect(await readMetric(api!.metricsUrl, "http_server_active_requests")).toBe(0),
      10_000,
    );
  });
});
