import { Agent, get as httpGet, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { anEvent, aUser, someUsers } from "@tsudoi/core/test/builders.ts";
import { type Answer, call } from "@tsudoi/core/test/call.ts";
import { startFaultProxy } from "@tsudoi/core/test/fault-proxy.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import { CATALOGUE } from "@tsudoi/telemetry/catalogue.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readMetric, type Stage, send, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe("health", () => {
  test("ready is the whole system, a worker included; live is the process alone", async () => {
    const [api] = stage.system.apis;
    expect((await send(`${api!.url}/livez`)).status).toBe(200);
    for (const path of ["/readyz", "/startupz"]) {
      const { status } = await send(`${api!.url}${path}`);
      expect(status).toBe(503);
    }
    const verbose = JSON.parse((await send(`${api!.url}/readyz?verbose`)).text);
    expect(verbose).toEqual({ status: "not ready", checks: { database: true, worker: false } });
    const worker = await stage.system.startWorker();
    await vi.waitFor(
      async () => expect((await send(`${api!.url}/readyz`)).status).toBe(200),
      20_000,
    );
    expect((await send(`${api!.url}/startupz`)).status).toBe(200);
    // Booking goes on without a worker: its work waits in the outbox.
    await worker.kill();
    expect((await send(`${api!.url}/readyz`)).status).toBe(200);
  });

  test("a database that is away makes it not ready, not dead, and it comes back by itself", async () => {
    await using proxy = await startFaultProxy(stage.system.databaseUrl);
    const api = await stage.system.startApi({
      env: { DATABASE_URL: proxy.through(stage.system.databaseUrl) },
    });
    const database = async () =>
      JSON.parse((await send(`${api.url}/readyz?verbose`)).text).checks.database as boolean;
    await vi.waitFor(async () => expect(await database()).toBe(true), 10_000);
    for (const fault of ["refuse", "freeze"] as const) {
      await proxy.set(fault);
      if (fault === "refuse") proxy.reset();
      await vi.waitFor(async () => expect(await database()).toBe(false), 15_000);
      expect((await send(`${api.url}/livez`)).status).toBe(200);
      expect((await send(`${api.url}/readyz`)).status).toBe(503);
      await proxy.set("pass");
      await vi.waitFor(async () => expect(await database()).toBe(true), 15_000);
    }
    expect(api.running()).toBe(true);
    await api.stop();
  });

  test("tells strangers nothing but its state", async () => {
    for (const path of ["/livez", "/readyz", "/startupz", "/readyz?verbose"]) {
      expect((await send(stage.url + path)).text).not.toMatch(
        /postgres|redis:|127\.0\.0\.1|version|stack/i,
      );
    }
  });
});

describe("metrics", () => {
  test("are on the private port only, and every declared one is there", async () => {
    const [api] = stage.system.apis;
    expect((await send(`${stage.url}/metrics`)).status).toBe(404);
    expect((await send(api!.metricsUrl.replace("/metrics", "/"))).status).toBe(404);
    const { status, headers, text } = await send(api!.metricsUrl);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const declared = Object.entries(CATALOGUE).filter(
      ([, { app }]) => app === "api" || app === "both",
    );
    for (const [name, { type }] of declared) expect(text).toContain(`# TYPE ${name} ${type}\n`);
  });

  test("can be read line by line, each series once", async () => {
    const [api] = stage.system.apis;
    const lines = (await send(api!.metricsUrl)).text.trimEnd().split("\n");
    const series = lines.filter((line) => line !== "" && !line.startsWith("# "));
    for (const line of series) {
      expect(line).toMatch(
        /^[a-z_:][\w:]*(?:\{(?:[a-z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*\})? (?:[+-]?[\d.]+(?:e[+-]?\d+)?|NaN|[+-]Inf)$/i,
      );
    }
    const names = series.map((line) => line.slice(0, line.lastIndexOf(" ")));
    expect(new Set(names).size).toBe(names.length);
  });

  test("count a call, its size, its statements and its outcome", async () => {
    const [api] = stage.system.apis;
    const user = await aUser(stage.ctx, { organizationId: stage.organizationId });
    const token = await stage.tokenOf(user);
    const read = () =>
      Promise.all(
        [
          'rpc_server_call_duration_seconds_count{rpc_method="categories.list",outcome="ok"}',
          'rpc_server_call_duration_seconds_count{rpc_method="categories.list",outcome="client_error"}',
          'rpc_server_db_queries_sum{rpc_method="categories.list"}',
          'rpc_server_response_size_bytes_count{rpc_method="categories.list"}',
          'rpc_server_errors_total{rpc_method="categories.list",code="VALIDATION"}',
          'http_server_request_duration_seconds_count{method="GET",route="/trpc/:path",status_class="2xx"}',
          'http_server_request_duration_seconds_count{method="GET",route="/trpc/:path",status_class="4xx"}',
        ].map((series) => readMetric(api!.metricsUrl, series)),
      );
    const before = await read();
    await call(stage.url, ["categories.list", {}], { token, query: true });
    await call(stage.url, ["categories.list", { limit: 0 }], { token, query: true });
    const after = await read();
    expect(after.map((value, index) => value - (before[index] ?? 0))).toEqual([
      1, 1, 1, 2, 1, 1, 1,
    ]);
    expect(
      await readMetric(
        api!.metricsUrl,
        'rpc_server_response_size_bytes_sum{rpc_method="categories.list"}',
      ),
    ).toBeGreaterThan(300);
  });

  test("know how long Redis takes", async () => {
    await using limited = await setStage({ env: { RATE_LIMITS: "on" } });
    const [api] = limited.system.apis;
    await call(limited.url, ["system.info"], { query: true });
    expect(
      await readMetric(
        api!.metricsUrl,
        'redis_client_command_duration_seconds_count{role="ratelimit"}',
      ),
    ).toBeGreaterThan(0);
  });
});

// Each of these waits far more than it works.
describe.concurrent("a client that takes its time", () => {
  test("is cut off, in its headers as in its body, while others are served", async () => {
    const { hostname, port } = new URL(stage.url);
    const beginnings = [
      "GET /livez HTTP/1.1\r\nhost: a\r\nx-slow: ",
      "POST /trpc/auth.signOut HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n{",
    ];
    const sockets = beginnings.flatMap((beginning) =>
      Array.from({ length: 50 }, () => {
        const socket = connect(Number(port), hostname);
        socket.on("error", () => {}).resume();
        socket.write(beginning);
        return socket;
      }),
    );
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write("a");
    }, 500);
    try {
      expect((await send(`${stage.url}/livez`)).status).toBe(200);
      await vi.waitFor(() => expect(sockets.filter((socket) => !socket.closed)).toEqual([]), {
        timeout: 20_000,
        interval: 250,
      });
    } finally {
      clearInterval(drip);
    }
    expect((await send(`${stage.url}/livez`)).status).toBe(200);
  });
});

const LOOPS = 12;

describe.concurrent("stopping", () => {
  test("nobody who is served notices, and nobody else waits in vain", async () => {
    await using two = await setStage({ apis: 2 });
    const [leaving, staying] = two.system.apis;
    const owner = await aUser(two.ctx, { organizationId: two.organizationId });
    const event = await anEvent(two.ctx, owner, { capacity: 1_000 });
    const people = await someUsers(two.ctx, 400, { organizationId: two.organizationId });
    const answers: Answer<Registered>[] = [];
    let stopped: Promise<void> | undefined;
    const loop = async (first: number) => {
      for (let index = first; index < people.length; index += LOOPS) {
        const token = await two.tokenOf(people[index]!);
        answers.push(
          await registerOnce([leaving!.url, staying!.url], { eventId: event.id, token }),
        );
        if (answers.length >= 60) stopped ??= leaving!.stop();
      }
    };
    await Promise.all(Array.from({ length: LOOPS }, (_, first) => loop(first)));
    await stopped;
    expect(await leaving!.exited).toMatch(/code 0|exited? (?:with )?0/);
    expect(answers.filter((answer) => !answer.ok)).toEqual([]);
    const [row] = await two.ctx.db.execute<Record<string, unknown>>(sql`
      select seats_taken, (select count(*)::int from registrations where event_id = ${event.id}) as rows
      from events where id = ${event.id}`);
    expect({ ...row }).toEqual({ seats_taken: 400, rows: 400 });
  });

  test("while load balancers have not seen it yet it answers, and says that it leaves", async () => {
    await using one = await setStage({ env: { EMBEDDED: "0", RATE_LIMITS: "on" } });
    const [api] = one.system.apis;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await over(agent, `${api!.url}/livez`);
    expect(first).toMatchObject({ status: 200, connection: "keep-alive" });
    const stopped = api!.stop();
    await vi.waitFor(async () => {
      expect(JSON.parse((await over(agent, `${api!.url}/readyz`)).text).status).toBe("draining");
    }, 10_000);
    expect(await over(agent, `${api!.url}/readyz`)).toMatchObject({
      status: 503,
      connection: "close",
    });
    expect(await over(agent, `${api!.url}/livez`)).toMatchObject({
      status: 200,
      connection: "close",
    });
    expect(await over(agent, `${api!.url}/trpc/system.info`)).toMatchObject({
      status: 200,
      connection: "close",
    });
    await stopped;
    agent.destroy();
    await expect(send(`${api!.url}/livez`)).rejects.toThrow();
  });
});

/** With the same key at the next process where the connection broke, as any client of ours does. */
async function registerOnce(
  urls: string[],
  { eventId, token }: { eventId: string; token: string },
): Promise<Answer<Registered>> {
  for (const url of urls) {
    const options = { token, headers: { "idempotency-key": eventId } };
    const answer = await call<Registered>(
      url,
      ["registrations.register", { eventId }],
      options,
    ).catch(() => undefined);
    if (answer !== undefined) return answer;
  }
  throw new Error("no process answered");
}

async function over(agent: Agent, url: string) {
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    httpGet(url, { agent }, resolve).once("error", reject),
  );
  let text = "";
  for await (const chunk of response) text += String(chunk);
  return { status: response.statusCode, connection: response.headers.connection, text };
}
