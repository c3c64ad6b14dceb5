import { once } from "node:events";
import { createServer, type RequestListener, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

export const STREAM = "/trpc/events.watch";

/** What arrived at a stand-in for an API process: the request's id, once each time. */
export type StandIn = AsyncDisposable & { arrived: string[] };

/** Reads every request to its end, and ends the connection without a word. */
export function startCutting(place: Place): Promise<StandIn> {
  return listen(place, (_request, response) => response.destroy());
}

/** Answers everything; a stream of events is opened and left to `onStream`. */
export function startAnswering(
  place: Place,
  onStream: (stream: ServerResponse) => void,
): Promise<StandIn> {
  return listen(place, (request, response) => {
    if (request.url !== STREAM) return response.end("answered");
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    onStream(response);
  });
}

type Place = { address: string; port: number };

async function listen({ address, port }: Place, answer: RequestListener): Promise<StandIn> {
  const arrived: string[] = [];
  const server = createServer(async (request, response) => {
    arrived.push(String(request.headers["x-request-id"]));
    // One that breaks off has arrived as well.
    await buffer(request).catch(() => undefined);
    response.setHeader("x-stand-in", address);
    answer(request, response);
  });
  server.listen(port, address);
  await once(server, "listening");
  return {
    arrived,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
