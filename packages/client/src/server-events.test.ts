import { expect, test } from "vitest";
import type { Clock } from "./clock.ts";
import { eventsOf, type ServerEvent } from "./server-events.ts";

const TEXT =
  'retry: 900\nevent: connected\ndata: {}\n\n: a comment\n\nid: a:1\ndata: {"seats":"席"}\n\n' +
  "event: ping\ndata: \n\ndata: one\r\ndata: two\r\n\r\nevent: return\ndata: \n\n";
const EVENTS: ServerEvent[] = [
  { type: "connected", id: undefined, data: "{}" },
  { type: "message", id: "a:1", data: '{"seats":"席"}' },
  { type: "ping", id: undefined, data: "" },
  { type: "message", id: undefined, data: "one\ntwo" },
  { type: "return", id: undefined, data: "" },
];

const FOREVER: Clock = { now: () => 0, random: () => 0, sleep: () => new Promise(() => {}) };

async function read(chunks: Uint8Array[], clock = FOREVER, isOpen = false) {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      if (!isOpen) controller.close();
    },
  });
  const signal = new AbortController().signal;
  const events: ServerEvent[] = [];
  for await (const event of eventsOf(body, { clock, signal, silentMs: 60_000 })) events.push(event);
  return events;
}

test("the same events come out wherever the network cuts the text", async () => {
  const bytes = new TextEncoder().encode(TEXT);
  for (let at = 0; at <= bytes.length; at += 1) {
    expect(await read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(EVENTS);
  }
  expect(await read([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(EVENTS);
});

test("a stream that says nothing any more is given up", async () => {
  const waits: number[] = [];
  const impatient: Clock = {
    ...FOREVER,
    sleep: async (ms) => {
      waits.push(ms);
      // What is there already is heard first.
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  const bytes = new TextEncoder().encode("data: 1\n\n");
  await expect(read([bytes], impatient, true)).rejects.toThrow("nothing came for 60000 ms");
  expect(waits).toEqual([60_000, 60_000]);
});
