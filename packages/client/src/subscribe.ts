import type { ErrorShape } from "@tsudoi/api/router.ts";
import type { Clock } from "./clock.ts";
import type { Tokens } from "./credentials.ts";
import { delayAfter, type Retry } from "./retry.ts";
import { eventsOf } from "./server-events.ts";
import { addressOf, type Fetch, readRetryAfter, toRefusal } from "./transport.ts";
import { TsudoiError } from "./tsudoi-error.ts";

export type Subscription = {
  procedure: string;
  input: unknown;
  signal?: AbortSignal | undefined;
};

export type Subscriber = {
  url: string | URL;
  fetch: Fetch;
  tokens: Tokens;
  clock: Clock;
  /** How often it is opened in vain, one time after the other, before that is an error. */
  attempts: number;
  onRetry?: ((retry: Retry) => void) | undefined;
  newName: () => string;
};

type Message = { mark: string; data: unknown };

/** Those whose streams end in the same moment come back one after the other. */
const REOPEN_MS = 3_000;
/** The server is never silent for this long. */
const SILENT_MS = 60_000;

/**
 * Every message once, in order, for as long as they are asked for: a stream that ends or breaks is opened again,
 * with a new token where the old one ran out, and goes on after the last message.
 */
export async function* subscribe(
  subscription: Subscription,
  subscriber: Subscriber,
): AsyncGenerator<unknown, void, undefined> {
  const { clock, tokens, attempts } = subscriber;
  const signal = subscription.signal ?? new AbortController().signal;
  let failures = 0;
  let mark: string | undefined;
  for (;;) {
    signal.throwIfAborted();
    const token = await tokens.current();
    const opening = { ...subscription, signal, token, mark };
    try {
      for await (const message of readOnce(opening, subscriber)) {
        failures = 0;
        mark = message.mark;
        yield message.data;
      }
      await clock.sleep(Math.round(clock.random() * REOPEN_MS), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof TsudoiError)) throw error;
      failures += 1;
      if (error.reason === "NOT_SIGNED_IN" && failures === 1 && tokens.renew(token)) continue;
      if (!error.isTemporary || failures >= attempts) throw error;
      const delayMs = delayAfter(error, failures, clock);
      subscriber.onRetry?.({ error, attempt: failures, delayMs });
      await clock.sleep(delayMs, signal);
    }
  }
}

type Opening = Subscription & {
  signal: AbortSignal;
  token: string | undefined;
  mark: string | undefined;
};

/** From one opening to the end that the server announces. */
async function* readOnce(
  opening: Opening,
  subscriber: Subscriber,
): AsyncGenerator<Message, void, undefined> {
  const place = { procedure: opening.procedure, requestId: subscriber.newName() };
  const left = new AbortController();
  const signal = AbortSignal.any([opening.signal, left.signal]);
  const broken = (message: string, details = {}, options?: ErrorOptions) =>
    new TsudoiError(
      { ...place, ...details, reason: "UNREACHABLE", message: `UNREACHABLE (${message})` },
      options,
    );
  try {
    const response = await open({ ...opening, ...place, signal }, subscriber);
    const type = response.headers.get("content-type") ?? "no content type";
    if (!response.ok || response.body === null || !type.startsWith("text/event-stream")) {
      const retryAfterMs = readRetryAfter(response.headers.get("retry-after"));
      const { status } = response;
      throw broken(`HTTP ${status} with ${type}`, { status, retryAfterMs });
    }
    const listening = { clock: subscriber.clock, signal, silentMs: SILENT_MS };
    for await (const { type, id, data } of eventsOf(response.body, listening)) {
      if (type === "return") return;
      if (type === "serialized-error")
        throw toRefusal((JSON.parse(data) as ErrorShape).data, place);
      if (type === "message" && id !== undefined) yield { mark: id, data: JSON.parse(data) };
    }
    throw broken("the stream broke off");
  } catch (error) {
    if (error instanceof TsudoiError) throw error;
    throw broken("the connection failed", {}, { cause: error });
  } finally {
    left.abort();
  }
}

function open(
  { procedure, input, token, mark, signal, requestId }: Opening & { requestId: string },
  { url, fetch }: Subscriber,
): Promise<Response> {
  const address = new URL(`${addressOf(url)}/${procedure}`);
  address.searchParams.set("input", JSON.stringify(input));
  const headers = {
    accept: "text/event-stream",
    "x-request-id": requestId,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(mark === undefined ? {} : { "last-event-id": mark }),
  };
  return fetch(String(address), { headers, signal });
}
