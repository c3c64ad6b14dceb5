import type { CallOptions, Client, MutationOptions } from "./calls.ts";
import { type Clock, SYSTEM_CLOCK } from "./clock.ts";
import { type Credentials, createTokens, type Tokens } from "./credentials.ts";
import { each, type Page } from "./each.ts";
import { type Retry, type RetryPolicy, retry } from "./retry.ts";
import { type Subscription, subscribe } from "./subscribe.ts";
import { createTransport, type Fetch, type Request } from "./transport.ts";
import { TsudoiError } from "./tsudoi-error.ts";

export type {
  CallOptions,
  Client,
  Inputs,
  MutationOptions,
  Outputs,
  SubscribeOptions,
} from "./calls.ts";
export type { Retry } from "./retry.ts";
export type { FieldIssue, Reason } from "./tsudoi-error.ts";
export { TsudoiError };

export type ClientOptions = Credentials & {
  /** Where Tsudoi answers, such as https://events.example.com */
  url: string | URL;
  /** How often a call is made at most, the first time included; 5 unless told. */
  attempts?: number;
  /** The most time for one call, repeats and the waits between them included; 30 s unless told. */
  deadlineMs?: number;
  /** Called before each wait for a repeat. */
  onRetry?: (retry: Retry) => void;
  fetch?: Fetch;
  /** For tests: time that a test moves by itself. */
  clock?: Clock;
};

const POLICY: RetryPolicy = { attempts: 5, deadlineMs: 30_000 };
const LARGEST_PAGE = 100;

/** Every call is made until it is answered, within its deadline; a mutation takes effect at most once. */
export function createClient(options: ClientOptions): Client {
  const tokens = createTokens(options);
  const call = createCall(options, tokens);
  const follow = createFollow(options, tokens);
  const make = (procedure: string, method: string, args: unknown[]) => {
    const [input, callOptions = {}] = args as [unknown, MutationOptions?];
    if (method === "query") return call({ type: "query", procedure, input }, callOptions);
    if (method === "mutate") return call({ type: "mutation", procedure, input }, callOptions);
    if (method === "subscribe") return follow({ procedure, input, signal: callOptions.signal });
    if (method !== "each") throw new TypeError(`${procedure}.${method} is no call`);
    return each((cursor) => {
      const page = { limit: LARGEST_PAGE, ...(input as object), ...(cursor && { cursor }) };
      return call({ type: "query", procedure, input: page }, callOptions) as Promise<Page>;
    });
  };
  // The router's type says which names there are; at run time every name is one.
  return nameCalls(make, []) as Client;
}

type Make = (procedure: string, method: string, args: unknown[]) => unknown;

function nameCalls(make: Make, path: string[]): unknown {
  return new Proxy(() => {}, {
    get: (_, name) => {
      // What awaits a client, or prints it, must not take it for a promise.
      if (typeof name === "symbol" || name === "then") return undefined;
      return nameCalls(make, [...path, name]);
    },
    apply: (_target, _this, args) => make(path.slice(0, -1).join("."), path.at(-1) ?? "", args),
  });
}

type Asked = Pick<Request, "type" | "procedure" | "input">;

function createFollow(options: ClientOptions, tokens: Tokens) {
  const { url, fetch = globalThis.fetch, clock = SYSTEM_CLOCK, onRetry } = options;
  const attempts = options.attempts ?? POLICY.attempts;
  return (subscription: Subscription) =>
    subscribe(subscription, { url, fetch, clock, onRetry, attempts, tokens, newName });
}

function createCall(options: ClientOptions, tokens: Tokens) {
  const { clock = SYSTEM_CLOCK, onRetry, ...defaults } = options;
  const send = createSender(options, tokens);
  return (asked: Asked, callOptions: CallOptions & MutationOptions): Promise<unknown> => {
    const { signal, idempotencyKey = newName() } = callOptions;
    const requestId = newName();
    const headers = asked.type === "mutation" ? { "idempotency-key": idempotencyKey } : {};
    const policy = {
      attempts: isRepeatable(asked) ? (defaults.attempts ?? POLICY.attempts) : 1,
      deadlineMs: callOptions.deadlineMs ?? defaults.deadlineMs ?? POLICY.deadlineMs,
    };
    const attempt = (either: AbortSignal) => send({ ...asked, requestId, headers, signal: either });
    return retry(
      { procedure: asked.procedure, requestId, attempt, signal, onRetry },
      policy,
      clock,
    );
  };
}

/** The server keeps the key of every mutation but those that open and close a session. */
function isRepeatable({ type, procedure }: Asked): boolean {
  return type === "query" || !procedure.startsWith("auth.");
}

/** Their answer is a token, so they are asked without one. */
const GIVES_TOKEN: ReadonlySet<string> = new Set(["auth.signIn", "auth.setUp", "auth.refresh"]);

/** One attempt; a token that ran out is replaced and the attempt made again, once. */
function createSender(options: ClientOptions, tokens: Tokens) {
  const transport = createTransport(options.url, options.fetch ?? globalThis.fetch);
  const sendOnce = async (request: Request, token: string | undefined) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return transport({ ...request, headers: { ...request.headers, ...authorization } });
  };
  return async (request: Request): Promise<unknown> => {
    if (GIVES_TOKEN.has(request.procedure)) return sendOnce(request, undefined);
    const token = await tokens.current();
    try {
      return await sendOnce(request, token);
    } catch (error) {
      const isRefused = error instanceof TsudoiError && error.reason === "NOT_SIGNED_IN";
      if (!isRefused || !tokens.renew(token)) throw error;
      return sendOnce(request, await tokens.current());
    }
  };
}

/** Available over plain HTTP too, where randomUUID is not. */
function newName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
