import type { IncomingMessage } from "node:http";
import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { ask, open } from "./ask.ts";
import { type Deployment, deploy, REPLICAS } from "./deployment.ts";

/** Ten times the two seconds that are promised. */
const IN_TIME = 20_000;

let site: Deployment;
beforeAll(async () => {
  site = await deploy(REPLICAS.slice(0, 2));
});
afterAll(() => site[Symbol.asyncDispose]());

type Stream = Disposable & { headers: IncomingMessage["headers"]; text: () => string };

async function watch(event: TestEvent, headers: Record<string, string> = {}): Promise<Stream> {
  const token = await site.tokenOf(await site.anAccount());
  const input = encodeURIComponent(JSON.stringify({ eventId: event.id }));
  const answer = await open(`${site.url}/trpc/events.watch?input=${input}`, {
    headers: { authorization: `Bearer ${token}`, accept: "text/event-stream", ...headers },
  });
  let text = "";
  answer.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  answer.on("error", () => {});
  return {
    headers: answer.headers,
    text: () => text,
    [Symbol.dispose]: () => void answer.destroy(),
  };
}

async function someoneRegisters({ id }: TestEvent): Promise<void> {
  const token = await site.tokenOf(await site.anAccount());
  const { status } = await ask(`${site.url}/trpc/registrations.register`, {
    body: JSON.stringify({ eventId: id }),
    headers: { authorization: `Bearer ${token}`, "idempotency-key": "one-intention" },
  });
  expect(status).toBe(200);
}

const anEventOfOurs = async () =>
  anEvent(site.ctx, await site.anAccount({ role: "organizer" }), { capacity: 100 });

const says = (stream: Stream, words: string) =>
  vi.waitFor(() => expect(stream.text()).toContain(words), IN_TIME);

describe("a stream of live seats through the proxy", () => {
  test.each(["identity", "gzip, deflate, br, zstd"])(
    "arrives as it is said, neither packed nor held back (%s)",
    async (accepted) => {
      const event = await anEventOfOurs();
      using stream = await watch(event, { "accept-encoding": accepted });
      expect(stream.headers).toMatchObject({
        "content-type": "text/event-stream",
        "cache-control": "no-store, no-transform",
      });
      expect(stream.headers["content-encoding"]).toBeUndefined();
      await says(stream, '"seatsTaken":0');
      await someoneRegisters(event);
      await says(stream, '"seatsTaken":1');
    },
  );

  test("lives on while nothing is said for longer than any call may take", async () => {
    const event = await anEventOfOurs();
    using stream = await watch(event);
    await says(stream, '"seatsTaken":0');
    await says(stream, "event: ping");
    await someoneRegisters(event);
    await says(stream, '"seatsTaken":1');
  });

  test("ends where a replica stops, and the next one is another's", async () => {
    const event = await anEventOfOurs();
    const streams = await Promise.all(Array.from({ length: 6 }, () => watch(event)));
    await Promise.all(streams.map((stream) => says(stream, '"seatsTaken":0')));
    const [leaving, staying] = site.system.apis;
    await leaving?.stop();
    site.names.lead([new URL(staying?.url ?? "").hostname]);
    const ended = streams.filter((stream) => stream.text().endsWith("event: return\ndata: \n\n"));
    expect(ended.length).toBeGreaterThan(0);
    expect(ended.length).toBeLessThan(streams.length);
    using again = await watch(event);
    await says(again, '"seatsTaken":0');
    await someoneRegisters(event);
    for (const stream of [again, ...streams.filter((each) => !ended.includes(each))]) {
      await says(stream, '"seatsTaken":1');
    }
    for (const stream of streams) stream[Symbol.dispose]();
  });
});
