import { useQueryClient } from "@tanstack/react-query";
import { type Event, isOver } from "@tsudoi/shared/events.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import { useEffect } from "react";
import { useTRPC } from "#web/api.ts";
import { useNow } from "#web/time/use-now.ts";
import { awaitsDraw } from "./event-state.ts";

const AGAIN_MS = 4 * SECOND;

/** An offer that has ended and a draw that is due are settled by the server a moment later: until they are, the event is read again. */
export function useSettled(event: Event | undefined): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const moments = event ? momentsOf(event) : [];
  const now = useNow(moments);
  const isComing = event !== undefined && !isOver(event, now);
  const isDue = isComing && moments.some((moment) => now >= new Date(moment));
  const eventId = event?.id;
  useEffect(() => {
    if (!isDue || eventId === undefined) return undefined;
    const read = () => {
      void queryClient.invalidateQueries({ queryKey: trpc.events.get.queryKey({ eventId }) });
    };
    read();
    const timer = setInterval(read, AGAIN_MS);
    return () => clearInterval(timer);
  }, [isDue, eventId, queryClient, trpc]);
}

function momentsOf(event: Event): string[] {
  const { status, drawAt, myRegistration: mine } = event;
  if (status !== "published" && status !== "closed") return [];
  return [
    ...(mine?.offerExpiresAt === undefined ? [] : [mine.offerExpiresAt]),
    ...(awaitsDraw(event) && drawAt !== null ? [drawAt] : []),
  ];
}
