import { useQueryClient } from "@tanstack/react-query";
import type { Event } from "@tsudoi/shared/events.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import { createContext, use, useCallback, useEffect, useRef } from "react";
import { useTRPC } from "#web/api.ts";
import { useCan } from "#web/auth/use-rights.ts";
import { type Calm, calmly } from "#web/calmly.ts";
import { LiveContext } from "#web/events/live-seats.ts";

/** A rush changes an event many times a second; its people are read again at once, and then this long after they were. */
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

/** Whatever happens to the event's registrations elsewhere is followed by its pages, wherever they are scrolled to. */
export function useFollowPeople(event: Event): void {
  const live = use(LiveContext);
  const refresh = useRefreshPeople(event.id);
  const { id: eventId, seatsTaken, waitlistLength, status, seq } = event;
  const isDraft = status === "draft";
  useEffect(() => (isDraft ? undefined : live?.follow(eventId)), [live, eventId, isDraft]);
  const state = [seatsTaken, waitlistLength, status, seq].join(":");
  const seen = useRef(state);
  const calm = useRef<Calm>(undefined);
  useEffect(() => {
    calm.current = calmly(refresh, CALM_MS);
    return () => calm.current?.stop();
  }, [refresh]);
  useEffect(() => {
    if (seen.current === state) return;
    seen.current = state;
    calm.current?.ask();
  }, [state]);
}
