import { once } from "node:events";
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";

/** Between two of these a client knows that the stream lives. */
const PING_EVERY_MS = 15_000;
/** After this long without a word it does not, on either side. */
const SILENT_MS = 3 * PING_EVERY_MS;
/** As long as a reader may take nothing while there is something to take. */
const SLOW_MS = 10_000;
/** Those whose streams break in the same moment come back one after the other. */
const RETRY_MS = { least: 500, spread: 3_000 };

/** What tRPC's clients listen for. */
const PING = "event: ping\ndata: \n\n";
const RETURN = "event: return\ndata: \n\n";

/** A message and the mark to come back with. */
export type Tracked = readonly [mark: string, data: unknown, ...unknown[]];

export const EVENT_STREAM = "text/event-stream";
/** Emitted by a response that may now last: it counts as answered. */
export const STREAM_OPENED = Symbol("stream opened");

/** Makes an answer a stream of server-sent events, in tRPC's words. */
export function openStream(reply: FastifyReply): void {
  const { raw } = reply;
  // A reader may go at any moment; the signal says so.
  raw.on("error", () => {});
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    "content-type": EVENT_STREAM,
    // Neither kept nor packed nor held back by whoever stands between.
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
    // Who comes back is free to reach another process.
    connection: "close",
  });
  raw.setTimeout(SILENT_MS);
  raw.emit(STREAM_OPENED);
  const retryMs = Math.round(RETRY_MS.least + Math.random() * RETRY_MS.spread);
  const client = JSON.stringify({ reconnectAfterInactivityMs: SILENT_MS });
  raw.write(`retry: ${retryMs}\nevent: connected\ndata: ${client}\n\n`);
}

/** Says why a stream does not go on. */
export function endWithError(reply: FastifyReply, error: unknown): FastifyReply {
  reply.raw.end(`event: serialized-error\ndata: ${JSON.stringify(error)}\n\n`);
  return reply;
}

type Reading = {
  /** Aborted when the reader has left. */
  signal: AbortSignal;
  slowMs?: number;
};

/**
 * Hands on each message once the one before it is on its way, so that nothing piles up for a reader who takes
 * nothing. Answers false when that lasts ten seconds: the connection is to be cut.
 */
export async function sendEvents(
  raw: ServerResponse,
  events: AsyncIterable<Tracked>,
  { signal, slowMs = SLOW_MS }: Reading,
): Promise<boolean> {
  const ping = setInterval(() => {
    if (!signal.aborted && !raw.writableNeedDrain) raw.write(PING);
  }, PING_EVERY_MS);
  try {
    for await (const [mark, data] of events) {
      if (signal.aborted) return true;
      const isTaken = raw.write(`id: ${mark}\ndata: ${JSON.stringify(data)}\n\n`);
      if (!isTaken && !(await isTakenWithin(slowMs, raw, signal))) return false;
    }
    raw.end(RETURN);
    return true;
  } finally {
    clearInterval(ping);
  }
}

/** A reader who has left is not slow. */
function isTakenWithin(
  milliseconds: number,
  raw: ServerResponse,
  left: AbortSignal,
): Promise<boolean> {
  const signal = AbortSignal.any([left, AbortSignal.timeout(milliseconds)]);
  return once(raw, "drain", { signal }).then(
    () => true,
    () => left.aborted,
  );
}
