import { createTRPCClient, httpSubscriptionLink, type TRPCClientError } from "@trpc/client";
import type { LiveSeats, WatchInput } from "@tsudoi/shared/live-seats.ts";
import { EventSource } from "eventsource";
import type { AppRouter } from "#api/router.ts";

export type Watcher = Disposable & {
  seen: LiveSeats[];
  last: () => LiveSeats | undefined;
  /** How often it was connected. */
  connections: () => number;
  /** Resolves when the server ended it, with the refusal if there was one. */
  over: Promise<TRPCClientError<AppRouter> | undefined>;
};

/** A stream of live seats as any app of tRPC opens it. */
export function watchSeats(url: string, token: string | undefined, input: WatchInput): Watcher {
  const client = createTRPCClient<AppRouter>({
    links: [
      httpSubscriptionLink({
        url: `${url}/trpc`,
        EventSource,
        eventSourceOptions: {
          fetch: (address, init) =>
            fetch(address, {
              ...init,
              headers: { ...init.headers, ...(token && { authorization: `Bearer ${token}` }) },
            }),
        },
      }),
    ],
  });
  const over = Promise.withResolvers<TRPCClientError<AppRouter> | undefined>();
  const seen: LiveSeats[] = [];
  let connections = 0;
  const subscription = client.events.watch.subscribe(input, {
    onStarted: () => {
      connections += 1;
    },
    onData: ({ data }) => void seen.push(data),
    onError: over.resolve,
    onComplete: () => over.resolve(undefined),
  });
  return {
    seen,
    last: () => seen.at(-1),
    connections: () => connections,
    over: over.promise,
    [Symbol.dispose]: () => subscription.unsubscribe(),
  };
}
