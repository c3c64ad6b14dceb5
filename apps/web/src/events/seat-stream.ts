import { createTRPCClient, httpSubscriptionLink } from "@trpc/client";
import type { AppRouter } from "@tsudoi/api/router.ts";
import type { LiveSeats } from "@tsudoi/shared/live-seats.ts";
import { EventSource } from "eventsource";
import { API_URL } from "#web/api.ts";
import type { Session } from "#web/auth/session.ts";

export type SeatStream = { close: () => void };

type Wanted = {
  eventIds: string[];
  onOpen: () => void;
  onSeats: (seats: LiveSeats) => void;
  /** Once, with why it broke or was refused, or with nothing where its time was up. */
  onEnd: (error?: unknown) => void;
};

/** One connection for all the events that a tab shows; who opened it decides when to come back. */
export function openSeatStream(session: Session, wanted: Wanted): SeatStream {
  const client = createTRPCClient<AppRouter>({
    links: [
      httpSubscriptionLink({
        url: API_URL,
        EventSource,
        eventSourceOptions: {
          fetch: async (address, init) => {
            const token = await session.token();
            const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
            return fetch(address, { ...init, headers: { ...init.headers, ...authorization } });
          },
        },
      }),
    ],
  });
  let isOver = false;
  function end(tell: () => void): void {
    if (isOver) return;
    isOver = true;
    subscription.unsubscribe();
    tell();
  }
  const subscription = client.events.watch.subscribe(
    { eventIds: wanted.eventIds },
    {
      onStarted: wanted.onOpen,
      onData: ({ data }) => {
        if (!isOver) wanted.onSeats(data);
      },
      onConnectionStateChange: ({ error }) => {
        if (error) end(() => wanted.onEnd(error));
      },
      onError: (error) => end(() => wanted.onEnd(error)),
      onComplete: () => end(() => wanted.onEnd()),
    },
  );
  return { close: () => end(() => {}) };
}
