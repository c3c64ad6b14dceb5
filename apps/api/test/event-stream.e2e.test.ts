import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { sendEvents, type Tracked } from "#api/event-stream.ts";

const MESSAGE_BYTES = 64 * 1_024;
/** Far more than the buffers of two sockets hold. */
const ENOUGH = 2_000;
const PADDING = "x".repeat(MESSAGE_BYTES);

type Send = (raw: ServerResponse, events: AsyncIterable<Tracked>) => Promise<boolean>;

/** A stream of large messages to a reader who takes what the test lets them take. */
async function aStream(send: Send, messages: number) {
  const state = {
    pulled: 0,
    keptUp: undefined as boolean | undefined,
    piled: 0,
    isWaiting: () => false,
  };
  async function* events(raw: ServerResponse): AsyncGenerator<Tracked> {
    for (; state.pulled < messages; state.pulled += 1) {
      state.piled = Math.max(state.piled, raw.writableLength);
      yield [String(state.pulled), PADDING];
    }
  }
  const server = createServer(async (_request, raw) => {
    state.isWaiting = () => raw.writableNeedDrain;
    raw.writeHead(200, { "content-type": "text/event-stream", connection: "close" });
    state.keptUp = await send(raw, events(raw));
    if (!state.keptUp) raw.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const reader: Socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  reader.on("error", () => {}).pause();
  reader.write("GET / HTTP/1.1\r\nhost: a\r\n\r\n");
  return {
    state,
    reader,
    async [Symbol.asyncDispose]() {
      reader.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const sendWithin =
  (slowMs: number): Send =>
  (raw, events) => {
    const left = new AbortController();
    raw.once("close", () => left.abort());
    return sendEvents(raw, events, { signal: left.signal, slowMs });
  };

/** What a stream becomes when nobody looks whether it is read. */
const sendBlindly: Send = async (raw, events) => {
  for await (const [mark, data] of events) raw.write(`id: ${mark}\ndata: ${data}\n\n`);
  raw.end();
  return true;
};

describe("a reader who takes nothing", () => {
  test("is cut off, and nothing has piled up for them", async () => {
    await using stream = await aStream(sendWithin(300), ENOUGH);
    await vi.waitFor(() => expect(stream.state.keptUp).toBe(false), 20_000);
    expect(stream.state.pulled).toBeLessThan(ENOUGH / 2);
    expect(stream.state.piled).toBeLessThan(4 * MESSAGE_BYTES);
  });

  test("costs the memory of everything where nobody looks", async () => {
    await using stream = await aStream(sendBlindly, ENOUGH);
    await vi.waitFor(() => expect(stream.state.keptUp).toBe(true), 20_000);
    expect(stream.state.piled).toBeGreaterThan((ENOUGH / 2) * MESSAGE_BYTES);
  });
});

test("a reader who takes their time gets everything", async () => {
  await using stream = await aStream(sendWithin(10_000), ENOUGH / 10);
  await vi.waitFor(() => expect(stream.state.pulled).toBeGreaterThan(0), 10_000);
  let bytes = 0;
  for await (const chunk of stream.reader) bytes += (chunk as Buffer).length;
  expect(stream.state.keptUp).toBe(true);
  expect(bytes).toBeGreaterThan((ENOUGH / 10) * MESSAGE_BYTES);
});

test("a reader who leaves is not slow", async () => {
  await using stream = await aStream(sendWithin(60_000), ENOUGH);
  await vi.waitFor(() => expect(stream.state.isWaiting()).toBe(true), 20_000);
  stream.reader.destroy();
  await vi.waitFor(() => expect(stream.state.keptUp).toBe(true), 10_000);
});
