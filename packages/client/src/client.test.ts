import { describe, expect, expectTypeOf, it } from "vitest";
import {
  type Client,
  type ClientOptions,
  createClient,
  type Outputs,
  TsudoiError,
} from "./client.ts";
import type { Clock } from "./clock.ts";

describe("createClient", () => {
  it("asks by GET and changes by POST, each with a request id of its own", async () => {
    const { client, requests } = clientOf([{ data: {} }, { data: {} }], { token: "secret" });
    await client.events.get.query({ eventId: "1" });
    await client.registrations.register.mutate({ eventId: "1" });
    expect(requests).toMatchObject([
      { method: "GET", path: "/base/trpc/events.get", input: { eventId: "1" } },
      { method: "POST", path: "/base/trpc/registrations.register", input: { eventId: "1" } },
    ]);
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer secret",
      "Bearer secret",
    ]);
    expect(new Set(requests.map(({ headers }) => headers["x-request-id"])).size).toBe(2);
  });

  it("keeps one key for all attempts of a mutation and takes another for the next", async () => {
    const { client, requests } = clientOf([busy(), lost(), { data: {} }, { data: {} }]);
    await client.registrations.register.mutate({ eventId: "1" });
    await client.registrations.register.mutate({ eventId: "1" });
    const keys = requests.map(({ headers }) => headers["idempotency-key"]);
    expect(keys.slice(0, 3)).toEqual([keys[0], keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it("takes the caller's own key, and sends none with a query", async () => {
    const { client, requests } = clientOf([{ data: {} }, { data: {} }]);
    await client.registrations.register.mutate({ eventId: "1" }, { idempotencyKey: "order-1" });
    await client.system.info.query();
    expect(requests.map(({ headers }) => headers["idempotency-key"])).toEqual([
      "order-1",
      undefined,
    ]);
  });

  it("does not repeat what opens a session: the server keeps no key for it", async () => {
    const { client, requests } = clientOf([lost(), { data: {} }]);
    const signIn = client.auth.signIn.mutate({ email: "a@example.test", password: "x" });
    await expect(signIn).rejects.toMatchObject({ reason: "UNREACHABLE" });
    expect(requests).toHaveLength(1);
  });

  it("asks for a token once for all calls that wait for it, and again when it ran out", async () => {
    let given = 0;
    const getToken = async () => `token-${++given}`;
    const answers = [{ data: {} }, { data: {} }, refused("NOT_SIGNED_IN", 401), { data: {} }];
    const { client, requests } = clientOf(answers, { getToken });
    await Promise.all([client.auth.me.query(), client.auth.me.query()]);
    await client.auth.me.query();
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-1",
      "Bearer token-1",
      "Bearer token-2",
    ]);
  });

  it("tells of a second refusal instead of asking for ever", async () => {
    const answers = [refused("NOT_SIGNED_IN", 401), refused("NOT_SIGNED_IN", 401)];
    const { client, requests } = clientOf(answers, { getToken: () => "worthless" });
    await expect(client.auth.me.query()).rejects.toMatchObject({ reason: "NOT_SIGNED_IN" });
    expect(requests).toHaveLength(2);
  });

  it("can sign itself in", async () => {
    const { client, requests } = clientOf([{ data: { accessToken: "fresh" } }, { data: {} }], {
      getToken: async () => {
        const session = { email: "a@example.test", password: "x" };
        return (await client.auth.signIn.mutate(session)).accessToken;
      },
    });
    await client.auth.me.query();
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      "Bearer fresh",
    ]);
  });

  it("turns a refusal into an error with everything the server said", async () => {
    const issues = [{ path: "capacity", code: "too_small", message: "at least 1" }];
    const said = { reason: "VALIDATION", requestId: "abcdefgh", issues };
    const { client } = clientOf([{ status: 400, error: { ...said, httpStatus: 400 } }]);
    const error = await failureOf(client.events.get.query({ eventId: "1" }));
    expect(error).toMatchObject({ ...said, procedure: "events.get", status: 400, fields: {} });
    expect(error.message).toBe("events.get: VALIDATION (capacity at least 1)");
    expect(error.isTemporary).toBe(false);
  });

  it.each([
    { name: "a page of the proxy", status: 502, text: "<h1>Bad gateway</h1>", calls: 2 },
    { name: "JSON of somebody else", status: 503, text: '{"error":"maintenance"}', calls: 2 },
    { name: "a wrong address", status: 404, text: "<h1>Not found</h1>", calls: 1 },
    { name: "a login form", status: 200, text: "<form>", calls: 1 },
  ])("takes $name for no answer", async ({ status, text, calls }) => {
    const { client, requests } = clientOf(
      [
        { status, text },
        { status, text },
      ],
      { attempts: 2 },
    );
    const error = await failureOf(client.system.info.query());
    expect(error).toMatchObject({ reason: "UNREACHABLE", status });
    expect(requests).toHaveLength(calls);
  });

  it("honours the wait that a proxy asks for", async () => {
    const waits: number[] = [];
    const busyProxy = { status: 503, text: "busy", headers: { "retry-after": "2" } };
    const { client } = clientOf([busyProxy, { data: {} }], {
      onRetry: ({ delayMs }) => waits.push(delayMs),
    });
    await client.system.info.query();
    expect(waits).toEqual([2_000]);
  });

  it("does not take a mistake in the input for a fault of the network", async () => {
    const { client, requests } = clientOf([{ data: {} }]);
    const input = { eventId: 1n as unknown as string };
    await expect(client.events.get.query(input)).rejects.toThrow(TypeError);
    expect(requests).toHaveLength(0);
  });

  it("walks every page and asks for the next one only when it is reached", async () => {
    const { client, requests } = clientOf([
      { data: { items: ["a", "b"], nextCursor: "2" } },
      { data: { items: ["c"], nextCursor: null } },
    ]);
    const seen: { item: unknown; requests: number }[] = [];
    for await (const item of client.events.list.each({ category: "seminar" })) {
      seen.push({ item, requests: requests.length });
    }
    expect(seen).toEqual([
      { item: "a", requests: 1 },
      { item: "b", requests: 1 },
      { item: "c", requests: 2 },
    ]);
    expect(requests.map(({ input }) => input)).toEqual([
      { limit: 100, category: "seminar" },
      { limit: 100, category: "seminar", cursor: "2" },
    ]);
  });

  it("is no promise, so that it can be returned from an async function", async () => {
    const { client } = clientOf([]);
    expect(await client).toBe(client);
  });

  it("knows what each procedure takes and gives", () => {
    const check = (client: Client) => {
      expectTypeOf(client.system.info.query()).resolves.toHaveProperty("version");
      expectTypeOf(client.events.list.each({ scope: "mine" })).toEqualTypeOf<
        AsyncGenerator<Outputs["events"]["list"]["items"][number], void, undefined>
      >();
      // @ts-expect-error: an input that is needed cannot be left out.
      void client.events.get.query();
      // @ts-expect-error: an unknown field is a mistake.
      void client.events.list.query({ categry: "seminar" });
      // @ts-expect-error: a value outside the list is a mistake.
      void client.events.list.each({ scope: "closed" });
      // @ts-expect-error: what has no pages cannot be walked.
      void client.events.get.each;
      // @ts-expect-error: where a walk begins is its own business.
      void client.events.list.each({ cursor: "x" });
      // @ts-expect-error: a query changes nothing.
      void client.events.list.mutate;
      // @ts-expect-error: one kind of credentials at a time.
      createClient({ url: "", token: "a", apiKey: "b" });
    };
    expect(check).toBeTypeOf("function");
  });
});

type Answer = {
  status?: number;
  headers?: Record<string, string>;
  data?: unknown;
  error?: Record<string, unknown>;
  text?: string;
};
type Sent = {
  method: string;
  path: string;
  input: unknown;
  headers: Record<string, string | undefined>;
};

/** A client whose network is the list of answers, on a clock that never makes it wait. */
function clientOf(answers: (Answer | Error)[], options: Partial<ClientOptions> = {}) {
  const requests: Sent[] = [];
  const fetch = async (address: string, init: RequestInit) => {
    const { pathname, searchParams } = new URL(address);
    const body = init.body ?? searchParams.get("input");
    requests.push({
      method: init.method ?? "",
      path: pathname,
      input: typeof body === "string" ? JSON.parse(body) : undefined,
      headers: init.headers as Record<string, string>,
    });
    const answer = answers[requests.length - 1] ?? new Error("no answer left");
    if (answer instanceof Error) throw answer;
    const { status = 200, headers = {}, data, error, text } = answer;
    const json = error
      ? { error: { code: -32600, message: "", data: error } }
      : { result: { data } };
    return new Response(text ?? JSON.stringify(json), { status, headers });
  };
  const url = "http://tsudoi.test/base";
  const client = createClient({ clock: PATIENT, ...options, url, fetch } as ClientOptions);
  return { client, requests };
}

/** No wait takes time, and no attempt is ever late. */
const PATIENT: Clock = {
  now: () => 0,
  random: () => 0,
  sleep: (ms) => (ms < 10_000 ? Promise.resolve() : new Promise(() => {})),
};

function busy(): Answer {
  return refused("OVERLOADED", 503);
}

function refused(reason: string, status: number): Answer {
  return { status, error: { reason, httpStatus: status, requestId: "abcdefgh" } };
}

function lost(): Error {
  return new TypeError("fetch failed");
}

async function failureOf(call: Promise<unknown>): Promise<TsudoiError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TsudoiError) return error;
  throw new Error(`expected a TsudoiError, got ${error}`);
}
