import { createTRPCClient, httpBatchLink, httpLink, retryLink, splitLink } from "@trpc/client";
import { createTRPCContext, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { AppRouter } from "@tsudoi/api/router.ts";
import { MAX_BATCH } from "@tsudoi/shared/system.ts";
import type { Session } from "#web/auth/session.ts";
import { toProblem } from "#web/problems/problem.ts";
import { clock } from "#web/time/clock.ts";

export const API_URL = "/trpc";
/** The outermost of the timeouts: every server-side one ends before it. */
const TIMEOUT_MS = 12_000;

export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

export type Api = ReturnType<typeof createApi>;
export type AuthApi = ReturnType<typeof createAuthApi>;
export type Queries = TRPCOptionsProxy<AppRouter>;

/** The calls of a session: an expired access token is renewed and the call made again, once. */
export function createApi(session: Session) {
  return createTRPCClient<AppRouter>({
    links: [
      retryLink({
        retry: ({ error, attempts }) => {
          if (attempts > 1 || toProblem(error).reason !== "NOT_SIGNED_IN") return false;
          session.discardToken();
          return true;
        },
      }),
      splitLink({
        condition: (op) => op.type === "mutation",
        true: httpLink({
          url: API_URL,
          fetch: fetchInTime,
          headers: async ({ op }) => ({
            ...(await authorization(session)),
            ...CSRF,
            ...(typeof op.context.idempotencyKey === "string"
              ? { "idempotency-key": op.context.idempotencyKey }
              : {}),
          }),
        }),
        false: httpBatchLink({
          url: API_URL,
          maxItems: MAX_BATCH,
          fetch: fetchInTime,
          headers: () => authorization(session),
        }),
      }),
    ],
  });
}

/** The calls that make a session; they carry the refresh cookie and no token. */
export function createAuthApi() {
  return createTRPCClient<AppRouter>({
    links: [httpLink({ url: API_URL, fetch: fetchInTime, headers: CSRF })],
  });
}

/** Names one intention of a person: the same click sent twice counts once. */
export function newIdempotencyKey(): string {
  return randomName();
}

const CSRF = { "x-csrf": "1" };

async function authorization(session: Session): Promise<Record<string, string>> {
  const token = await session.token();
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

/** Names each request, so that a report of a person leads to the server's log lines. */
async function fetchInTime(input: RequestInfo | URL, init: Init = {}): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  const headers = new Headers(init.headers ?? []);
  headers.set("x-request-id", randomName());
  const sentAt = Date.now();
  const answer = await fetch(input, { ...init, headers, signal });
  clock.learn({ date: answer.headers.get("date"), sentAt });
  return answer;
}

type Init = Omit<RequestInit, "signal"> & { signal?: AbortSignal | null | undefined };

// randomUUID is not there over plain HTTP.
function randomName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
