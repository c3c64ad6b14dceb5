import { useQueryClient } from "@tanstack/react-query";
import type { Event } from "@tsudoi/shared/events.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import { createContext, use, useCallback, useEffect, useRef } from "react";
import { useTRPC } from "#web/api.ts";
import { useCan } from "#web/auth/use-rights.ts";

/** A rush changes an event's seats many times a second; its people are read again this often at most. */
const CALM_MS = 2 * SECOND;

export const ManagedContext = createContext<Event | null>(null);

/** The event whose pages one is on. */
export function useManagedEvent(): Event {
  const event = use(ManagedContext);
  if (!event) throw new Error("no event around this component");
  return event;
}

/** What to offer to this person; the server decides about doing it. */
export function useEventRights({ myRole }: Pick<Event, "myRole">) {
  return {
    helps: useCan("events.view-draft", myRole),
    edits: useCan("events.edit", myRole),
    publishes: useCan("events.publish", myRole),
    cancels: useCan("events.cancel", myRole),
    lists: useCan("registrations.list-for-event", myRole),
    manages: useCan("registrations.manage", myRole),
    appoints: useCan("events.manage-organizers", myRole),
    creates: useCan("events.create"),
  };
}

/** Reads an event's people and their numbers again, after something changed them. */
export function useRefreshPeople(eventId: string): () => Promise<unknown> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const again = useRef({ queryClient, trpc });
  useEffect(() => {
    again.current = { queryClient, trpc };
  });
  return useCallback(() => {
    const { queryClient: client, trpc: queries } = again.current;
    return Promise.all([
      client.invalidateQueries({ queryKey: queries.events.get.queryKey({ eventId }) }),
      client.invalidateQueries({ queryKey: queries.registrations.listForEvent.pathKey() }),
      client.invalidateQueries({
        queryKey: queries.registrations.countForEvent.queryKey({ eventId }),
      }),
    ]);
  }, [eventId]);
}

/** What happens to the event's seats elsewhere is followed by its lists. */
export function useFollowPeople(event: Event): void {
  const refresh = useRefreshPeople(event.id);
  const { seatsTaken, waitlistLength, status } = event;
  const state = [seatsTaken, waitlistLength, status].join(":");
  const seen = useRef(state);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (seen.current === state) return;
    seen.current = state;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void refresh();
    }, CALM_MS);
  }, [state, refresh]);
  useEffect(() => () => clearTimeout(timer.current), []);
}
