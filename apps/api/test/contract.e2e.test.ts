import { createTRPCClient, httpBatchLink, httpLink, TRPCClientError } from "@trpc/client";
import { anEvent, aUser, type TestUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { MAX_BODY_BYTES } from "@tsudoi/shared/system.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AppRouter } from "#api/router.ts";
import { readMetric, type Stage, send, setStage } from "./stage.ts";

let stage: Stage;
let member: TestUser;
let token: string;
beforeAll(async () => {
  stage = await setStage();
  member = await aUser(stage.ctx, { organizationId: stage.organizationId });
  token = await stage.tokenOf(member);
});
afterAll(() => stage[Symbol.asyncDispose]());

const at = (path: string, search: Record<string, string> = {}) =>
  `${stage.url}/trpc/${path}${Object.keys(search).length > 0 ? `?${new URLSearchParams(search)}` : ""}`;

function client(
  link: "one" | "batch",
  headers: Record<string, string> = { authorization: `Bearer ${token}` },
) {
  const options = { url: `${stage.url}/trpc`, headers };
  return createTRPCClient<AppRouter>({
    links: [link === "one" ? httpLink(options) : httpBatchLink(options)],
  });
}

describe("the wire, as tRPC's own client reads it", () => {
  test.each(["one", "batch"] as const)(
    "queries, mutations and refusals, %s at a time",
    async (link) => {
      const owner = await aUser(stage.ctx, { organizationId: stage.organizationId });
      const event = await anEvent(stage.ctx, owner);
      const api = client(link);
      const [me, page, info] = await Promise.all([
        api.auth.me.query(),
        api.events.list.query({ limit: 100 }),
        api.system.info.query({}),
      ]);
      expect(me.id).toBe(member.id);
      expect(page.items.map((item) => item.id)).toContain(event.id);
      expect(info.limits).toEqual({ page: 100, batch: 10, bodyBytes: 262_144 });
      expect(await api.auth.setLocale.mutate({ locale: "en" })).toEqual({ locale: "en" });

      const missing = await api.events.get
        .query({ eventId: "01890000-0000-7000-8000-000000000000" })
        .catch((error: unknown) => error);
      expect(missing).toBeInstanceOf(TRPCClientError);
      expect(missing).toMatchObject({
        message: "NOT_FOUND",
        data: { code: "NOT_FOUND", httpStatus: 404, path: "events.get", reason: "NOT_FOUND" },
      });
    },
  );

  test("calls of one batch succeed and fail each by itself", async () => {
    const api = client("batch");
    const ends = await Promise.allSettled([
      api.auth.me.query(),
      api.events.get.query({ eventId: "01890000-0000-7000-8000-000000000000" }),
      api.events.list.query({ limit: 500 }),
    ]);
    expect(ends.map((end) => end.status)).toEqual(["fulfilled", "rejected", "rejected"]);
  });

  test("eleven calls in one request are refused, in a way the client understands", async () => {
    const api = client("batch");
    const ends = await Promise.allSettled(
      Array.from({ length: 11 }, () => api.system.info.query()),
    );
    for (const end of ends) {
      expect(end).toMatchObject({ status: "rejected", reason: { data: { reason: "VALIDATION" } } });
    }
    await expect(
      Promise.all(Array.from({ length: 10 }, () => api.system.info.query())),
    ).resolves.toHaveLength(10);
  });
});

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
      { token },
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
    const mixed = await send(at("auth.me,events.get", { batch: "1", input }), { token });
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
          { token },
        )
      ).status,
    ).toBe(404);
    expect((await send(at("auth.me,events.list", { batch: "1" }))).status).toBe(401);
  });

  test("nothing is the same as {}, in every place where it can be left out", async () => {
    for (const input of [undefined, "{}", "null"]) {
      const search: Record<string, string> = input === undefined ? {} : { input };
      expect((await send(at("auth.me", search), { token })).status).toBe(200);
      expect((await send(at("events.list", search), { token })).status).toBe(200);
    }
    expect((await send(at("auth.me,events.list", { batch: "1" }), { token })).status).toBe(200);
    for (const body of ["", "{}", "null"]) {
      expect((await send(at("auth.signOut"), { body })).status).toBe(200);
    }
    expect((await send(at("auth.me", { input: '{"a":1}' }), { token })).status).toBe(400);
  });

  test("an input that cannot be read is refused, alone and in a batch", async () => {
    for (const search of [{ input: "{" }, { input: "" }, { batch: "1", input: "{" }]) {
      const { status, text } = await send(at("auth.me", search), { token });
      expect(status).toBe(400);
      expect(text).toContain('"reason":"VALIDATION"');
    }
    expect((await send(`${at("auth.me")}?input=1&input=2`, { token })).status).toBe(400);
    for (const body of ["{", "\u0000", "[", '{"a":', "NaN", "undefined", "'a'"]) {
      const { status, text } = await send(at("auth.setLocale"), { token, body });
      expect({ body, status }).toEqual({ body, status: 400 });
      expect(JSON.parse(text).error.data).toMatchObject({ reason: "VALIDATION" });
    }
  });

  test("fields are named by what is wrong with them", async () => {
    const answer = await call(
      stage.url,
      ["events.list", { limit: 0, text: "x".repeat(101), nothing: 1 }],
      { token, query: true },
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
      expect((await send(at(name), { token })).status).toBe(404);
    }
    expect(await readMetric(api!.metricsUrl, series)).toBe(before + names.length);
    expect((await send(api!.metricsUrl)).text).not.toContain("nothing");
    expect((await send(`${stage.url}/trpc/events/list`, { token })).status).toBe(404);
    expect((await send(`${stage.url}/nowhere`, { token })).status).toBe(404);
  });

  test("a mutation cannot be reached by GET, nor a query by POST", async () => {
    const input = JSON.stringify({ locale: "en" });
    expect((await send(at("auth.setLocale", { input }), { token })).status).toBe(404);
    expect((await send(at("events.list"), { token, body: "{}" })).status).toBe(404);
    for (const method of ["PUT", "DELETE", "PATCH", "OPTIONS"]) {
      const response = await fetch(at("auth.setLocale"), {
        method,
        headers: { authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(404);
    }
  });

  test("a body may have 256 KiB and not a byte more", async () => {
    const padded = (bytes: number) => {
      const frame = JSON.stringify({ locale: "" }).length;
      return JSON.stringify({ locale: "x".repeat(bytes - frame) });
    };
    const most = await send(at("auth.setLocale"), { token, body: padded(MAX_BODY_BYTES) });
    const over = await send(at("auth.setLocale"), { token, body: padded(MAX_BODY_BYTES + 1) });
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
      const unread = await send(at(path), { token });
      expect(unread.status).toBe(400);
      expect(JSON.parse(unread.text).error.data).toMatchObject({ reason: "VALIDATION" });
      expect(unread.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    }

    expect(
      (await send(at(`${"events.list,".repeat(9)}events.list`, { batch: "1" }), { token })).status,
    ).toBe(200);
  });

  test("a request has the id it came with, or gets one", async () => {
    const id = "tap_0123-4567";
    const kept = await send(at("events.get"), { token, headers: { "x-request-id": id } });
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
        headers: { authorization: `Bearer ${token}` },
        signal: leaving.signal,
      });
      setImmediate(() => leaving.abort());
      await gone.catch(() => {});
    });
    await Promise.all(aborts);
    await vi.waitFor(async () =>
      expect(await readMetric(api!.metricsUrl, "http_server_active_requests")).toBe(0),
    );
  });
});

describe("the idempotency key", () => {
  test("gives a mutation's answer again byte by byte, and its refusal too", async () => {
    const owner = await aUser(stage.ctx, {
      organizationId: stage.organizationId,
      role: "organizer",
    });
    const draft = {
      title: { ja: "勉強会" },
      startsAt: "2030-01-01T00:00:00Z",
      endsAt: "2030-01-01T01:00:00Z",
      timeZone: "Asia/Tokyo",
      capacity: 5,
    };
    const ask = async (path: string, input: unknown, key: string) =>
      send(at(path), {
        token: await stage.tokenOf(owner),
        body: JSON.stringify(input),
        headers: { "idempotency-key": key },
      });
    const made = await Promise.all(
      Array.from({ length: 5 }, () => ask("events.create", draft, "create")),
    );
    expect(new Set(made.map((each) => each.text)).size).toBe(1);
    const event = JSON.parse(made[0]!.text).result.data;
    const otherOrder = Object.fromEntries(Object.entries(draft).reverse());
    expect((await ask("events.create", otherOrder, "create")).text).toBe(made[0]!.text);

    const reasonOf = (answer: { text: string }) => JSON.parse(answer.text).error?.data.reason;
    expect(reasonOf(await ask("events.create", { ...draft, capacity: 6 }, "create"))).toBe(
      "IDEMPOTENCY_MISMATCH",
    );
    expect(reasonOf(await ask("events.publish", { eventId: event.id }, "publish"))).toBe(
      "TRANSLATION_MISSING",
    );
    expect(
      reasonOf(
        await ask("events.publish", { eventId: event.id, allowMissingTranslation: true }, "again"),
      ),
    ).toBeUndefined();
    expect(reasonOf(await ask("events.publish", { eventId: event.id }, "publish"))).toBe(
      "TRANSLATION_MISSING",
    );
  });

  test.each(["", " ", "x".repeat(129), "with space", "日本"])("%j is none", async (key) => {
    const response = await send(at("auth.setLocale"), {
      token,
      body: '{"locale":"en"}',
      headers: {
        "idempotency-key":
          encodeURI(key) === key || key === "" ? key : Buffer.from(key).toString("latin1"),
      },
    });
    expect(response.status).toBe(400);
    expect(response.text).toContain("idempotency-key");
  });

  test("replays are counted by procedure", async () => {
    const [api] = stage.system.apis;
    const event = await anEvent(stage.ctx, member);
    const series = 'idempotency_replays_total{rpc_method="registrations.register"}';
    const before = await readMetric(api!.metricsUrl, series);
    for (const _ of [1, 2, 3]) {
      await call(stage.url, ["registrations.register", { eventId: event.id }], {
        token,
        headers: { "idempotency-key": "seat" },
      });
    }
    expect(await readMetric(api!.metricsUrl, series)).toBe(before + 2);
  });
});
