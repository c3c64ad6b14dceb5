import { describe, expect, expectTypeOf, it } from "vitest";
import { type Client, type ClientOptions, createClient, type Outputs } from "./client.ts";
import type { Clock } from "./clock.ts";

type Seats = Outputs["events"]["watch"];

describe("subscribe", () => {
  it("gives every message, and opens the stream again where it stopped", async () => {
    const { client, requests } = clientOf([
      [message("a:1", 1), message("a:2", 2), RETURN],
      [message("a:3", 3)],
      [message("a:4", 4), RETURN],
    ]);
    expect(await take(client, 4)).toEqual([1, 2, 3, 4]);
    expect(requests.map(({ headers }) => headers["last-event-id"])).toEqual([
      undefined,
      "a:2",
      "a:3",
    ]);
    expect(requests[0]).toMatchObject({
      path: "/base/trpc/events.watch",
      input: { eventId: "1" },
      headers: { accept: "text/event-stream" },
    });
  });

  it("takes a new token where the old one ran out, and tells of a second refusal", async () => {
    let given = 0;
    const getToken = async () => `token-${++given}`;
    const answers = [
      [message("a:1", 1), RETURN],
      [refused("NOT_SIGNED_IN", 401)],
      [message("a:2", 2)],
    ];
    const { client, requests } = clientOf(answers, { getToken });
    expect(await take(client, 2)).toEqual([1, 2]);
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-1",
      "Bearer token-2",
    ]);
    const worthless = clientOf([[refused("NOT_SIGNED_IN", 401)], [refused("NOT_SIGNED_IN", 401)]], {
      getToken,
    });
    await expect(take(worthless.client, 1)).rejects.toMatchObject({ reason: "NOT_SIGNED_IN" });
  });

  it("waits as long as the server asks, and ends with what will not pass", async () => {
    const waits: number[] = [];
    const onRetry: ClientOptions["onRetry"] = ({ delayMs }) => waits.push(delayMs);
    const busy = refused("OVERLOADED", 503, { retryAfterMs: 2_000 });
    const { client } = clientOf([[busy], [refused("NOT_FOUND", 404)]], { onRetry });
    await expect(take(client, 1)).rejects.toMatchObject({
      reason: "NOT_FOUND",
      procedure: "events.watch",
      requestId: "abcdefgh",
    });
    expect(waits).toEqual([2_000]);
  });

  it("counts only what fails without a message between", async () => {
    const broken = new TypeError("fetch failed");
    const answers = [
      broken,
      broken,
      [message("a:1", 1)],
      broken,
      broken,
      broken,
      [message("a:2", 2)],
    ];
    const { client, requests } = clientOf(answers, { attempts: 3 });
    const seen: number[] = [];
    const all = (async () => {
      for await (const { seatsTaken } of client.events.watch.subscribe({ eventId: "1" })) {
        seen.push(seatsTaken);
      }
    })();
    await expect(all).rejects.toMatchObject({ reason: "UNREACHABLE" });
    expect(seen).toEqual([1]);
    // The stream that broke after its message is the first failure of three.
    expect(requests.length).toBe(5);
  });

  it("takes a page of the proxy for no stream", async () => {
    const { client } = clientOf([new Response("<h1>Bad gateway</h1>", { status: 502 })], {
      attempts: 1,
    });
    await expect(take(client, 1)).rejects.toMatchObject({ reason: "UNREACHABLE", status: 502 });
  });

  it("lets go of the connection when its reader has enough, or is told to stop", async () => {
    const { client, requests } = clientOf([
      [message("a:1", 1), OPEN],
      [message("a:2", 2), OPEN],
    ]);
    expect(await take(client, 1)).toEqual([1]);
    expect(requests[0]?.signal.aborted).toBe(true);
    const stop = new AbortController();
    const stream = client.events.watch.subscribe({ eventId: "1" }, { signal: stop.signal });
    expect((await stream.next()).value).toMatchObject({ seatsTaken: 2 });
    const next = stream.next();
    stop.abort(new Error("seen enough"));
    await expect(next).rejects.toThrow("seen enough");
    expect(requests[1]?.signal.aborted).toBe(true);
  });

  it("is typed by the procedure, which is neither asked nor changed", () => {
    const check = (client: Client) => {
      expectTypeOf(client.events.watch.subscribe({ eventId: "1" })).toEqualTypeOf<
        AsyncGenerator<Seats, void, undefined>
      >();
      expectTypeOf<Seats["seatsTaken"]>().toEqualTypeOf<number>();
      // @ts-expect-error: the mark is the client's own business.
      client.events.watch.subscribe({ eventId: "1", lastEventId: "a:1" });
      // @ts-expect-error: a stream has no single answer.
      void client.events.watch.query;
      // @ts-expect-error: a stream changes nothing.
      void client.events.watch.mutate;
      // @ts-expect-error: what is asked for once cannot be followed.
      void client.events.get.subscribe;
    };
    expect(check).toBeTypeOf("function");
  });
});

const RETURN = "event: return\ndata: \n\n";
/** The server has no more to say for now. */
const OPEN = "";
type Answer = string[] | Response | Error;

function message(mark: string, seatsTaken: number): string {
  return `id: ${mark}\ndata: ${JSON.stringify({ seatsTaken })}\n\n`;
}

function refused(reason: string, httpStatus: number, more: object = {}): string {
  const data = { reason, httpStatus, requestId: "abcdefgh", ...more };
  return `event: serialized-error\ndata: ${JSON.stringify({ message: reason, code: -1, data })}\n\n`;
}

async function take(client: Client, count: number): Promise<number[]> {
  const seen: number[] = [];
  for await (const { seatsTaken } of client.events.watch.subscribe({ eventId: "1" })) {
    seen.push(seatsTaken);
    if (seen.length === count) break;
  }
  return seen;
}

type Sent = {
  path: string;
  input: unknown;
  headers: Record<string, string | undefined>;
  signal: AbortSignal;
};

/** A client whose network is the list of answers, on a clock that never makes it wait. */
function clientOf(answers: Answer[], options: Partial<ClientOptions> = {}) {
  const requests: Sent[] = [];
  const fetch = async (address: string, init: RequestInit) => {
    const { pathname, searchParams } = new URL(address);
    const signal = init.signal as AbortSignal;
    requests.push({
      path: pathname,
      input: JSON.parse(searchParams.get("input") ?? ""),
      headers: init.headers as Record<string, string>,
      signal,
    });
    const answer = answers[requests.length - 1] ?? new Error("no answer left");
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer : streamOf(answer, signal);
  };
  const url = "http://tsudoi.test/base";
  const client = createClient({ clock: PATIENT, ...options, url, fetch } as ClientOptions);
  return { client, requests };
}

function streamOf(texts: string[], signal: AbortSignal): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      signal.addEventListener("abort", () => controller.error(signal.reason));
      for (const text of texts) controller.enqueue(new TextEncoder().encode(text));
      if (texts.at(-1) !== OPEN) controller.close();
    },
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** No wait takes time, and no stream is ever silent for too long. */
const PATIENT: Clock = {
  now: () => 0,
  random: () => 0,
  sleep: (ms) => (ms < 10_000 ? Promise.resolve() : new Promise(() => {})),
};
