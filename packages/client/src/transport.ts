import { createTRPCUntypedClient, httpLink, TRPCClientError } from "@trpc/client";
import type { AppRouter, ErrorShape } from "@tsudoi/api/router.ts";
import { TsudoiError } from "./tsudoi-error.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One attempt of one call. */
export type Request = {
  type: "query" | "mutation";
  procedure: string;
  input: unknown;
  requestId: string;
  headers: Record<string, string>;
  signal: AbortSignal;
};

export type Transport = (request: Request) => Promise<unknown>;

/** Sends in tRPC's wire format; whatever comes back that is no answer is a TsudoiError. */
export function createTransport(url: string | URL, fetch: Fetch): Transport {
  const trpc = createTRPCUntypedClient<AppRouter>({
    links: [
      httpLink({
        url: addressOf(url),
        fetch: (address, init) => fetchJson(fetch, String(address), init as RequestInit),
        headers: ({ op }) => op.context.headers as Record<string, string>,
      }),
    ],
  });
  return async ({ type, procedure, input, requestId, headers, signal }) => {
    const context = { headers: { "x-request-id": requestId, ...headers } };
    try {
      return await trpc[type](procedure, input, { context, signal });
    } catch (error) {
      throw toTsudoiError(error, { procedure, requestId });
    }
  };
}

/** Where procedures answer. */
export function addressOf(url: string | URL): string {
  // The last part of a path without its slash would be replaced, not extended.
  return String(new URL("trpc", String(url).replace(/\/*$/, "/")));
}

/** Fails with NoAnswer in every way a network can; what else goes wrong is a mistake of this side. */
async function fetchJson(fetch: Fetch, url: string, init: RequestInit) {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, init);
    text = await response.text();
  } catch (cause) {
    throw new NoAnswer("the connection failed", {}, { cause });
  }
  const json = parse(text);
  if (json !== undefined) return { ok: response.ok, json: async () => json };
  const type = response.headers.get("content-type") ?? "no content type";
  throw new NoAnswer(`HTTP ${response.status} with ${type}`, {
    status: response.status,
    retryAfterMs: readRetryAfter(response.headers.get("retry-after")),
  });
}

class NoAnswer extends Error {
  readonly details: { status?: number; retryAfterMs?: number | undefined };

  constructor(message: string, details: NoAnswer["details"], options?: ErrorOptions) {
    super(message, options);
    this.details = details;
  }
}

/** A proxy's page, a login form or half an answer is none. */
function parse(text: string): object | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) && (isObject(json.result) || isObject(json.error)) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Seconds, or a date. */
export function readRetryAfter(value: string | null): number | undefined {
  if (value === null || value === "") return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

type Place = { procedure: string; requestId: string };

function toTsudoiError(error: unknown, place: Place): unknown {
  if (!(error instanceof TRPCClientError)) return error;
  const { cause } = error;
  if (cause instanceof NoAnswer) {
    const message = `UNREACHABLE (${cause.message})`;
    const options = { cause: cause.cause ?? cause };
    return new TsudoiError({ ...place, ...cause.details, reason: "UNREACHABLE", message }, options);
  }
  const data = error.data as ErrorShape["data"] | undefined;
  return data?.reason === undefined ? (cause ?? error) : toRefusal(data, place);
}

/** Everything that the server said about a refusal. */
export function toRefusal(data: ErrorShape["data"], place: Place): TsudoiError {
  const { reason, httpStatus, requestId, retryAfterMs, issues, fields } = data;
  const details = { reason, status: httpStatus, requestId, retryAfterMs, issues, fields };
  return new TsudoiError({ ...place, ...details });
}
