import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

export type Asking = {
  /** As written, which a URL would tidy up. */
  path?: string;
  /** The caller's own address, of the loopback range. */
  from?: string;
  headers?: Record<string, string>;
  body?: string;
};

export type Asked = {
  status: number;
  headers: IncomingMessage["headers"];
  /** Each header with every value it came with. */
  values: NodeJS.Dict<string[]>;
  text: string;
};

/** One request over a connection of its own, as a browser at that address would send it. */
export async function ask(url: string, asking: Asking = {}): Promise<Asked> {
  const response = await open(url, asking);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    values: response.headersDistinct,
    text: await text(response),
  };
}

/** The same, as soon as its headers are there. */
export function open(
  url: string,
  { path, from = "127.0.0.1", headers = {}, body }: Asking = {},
): Promise<IncomingMessage> {
  const { hostname, host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: hostname === "localhost" ? "127.0.0.1" : hostname,
        port,
        localAddress: from,
        agent: false,
        path: path ?? pathname + search,
        method: body === undefined ? "GET" : "POST",
        headers: {
          host,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
      },
      resolve,
    );
    asked.once("error", reject);
    asked.end(body);
  });
}
