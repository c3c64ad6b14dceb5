import { useQuery } from "@tanstack/react-query";
import { MAX_SERIES_EVENTS } from "@tsudoi/shared/event-series.ts";
import type { EventSummary } from "@tsudoi/shared/events.ts";
import { useTRPC } from "#web/api.ts";

/** Those events of a series that one organises, in the order of time; nothing until they are read, or without a series. */
export function useSeries({
  seriesId,
}: Pick<EventSummary, "seriesId">): EventSummary[] | undefined {
  const trpc = useTRPC();
  const wanted = { scope: "organizing", limit: MAX_SERIES_EVENTS } as const;
  const found = useQuery(
    trpc.events.list.queryOptions(
      { ...wanted, ...(seriesId === null ? {} : { seriesId }) },
      { enabled: seriesId !== null },
    ),
  );
  return found.data?.items;
}
