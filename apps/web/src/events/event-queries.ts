import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Category } from "@tsudoi/shared/categories.ts";
import type { EventScope, EventSummary } from "@tsudoi/shared/events.ts";
import { MAX_PAGE } from "@tsudoi/shared/paging.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import { useEffect } from "react";
import { type Api, type Queries, useTRPC, useTRPCClient } from "#web/api.ts";
import { addMonths, instantOf } from "#web/time/zoned.ts";
import { type EventListInput, type EventSearch, toListInput } from "./event-search.ts";

/** A thousand events; beyond them a calendar is not worth more requests. */
const MONTH_PAGES = 10;

/** What a query is made of, in a component or before there is one. */
export type QuerySource = { client: Api; queries: Queries };

/** The pages of a list; tRPC's own options would send a key that the API does not take. */
export function eventListOptions(
  { client, queries }: QuerySource,
  input: EventListInput & { limit?: number },
) {
  return infiniteQueryOptions({
    queryKey: queries.events.list.infiniteQueryKey(input),
    queryFn: ({ pageParam, signal }) =>
      client.events.list.query(
        { ...input, ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function useEventListOptions(search: EventSearch, scope: EventScope) {
  const source = { client: useTRPCClient(), queries: useTRPC() };
  return eventListOptions(source, toListInput(search, scope));
}

/** The events of one month of a zone, read on to its end; `isCut` where it has more than are read. */
export function useMonthEvents(month: string, timeZone: string) {
  const source = { client: useTRPCClient(), queries: useTRPC() };
  const from = instantOf(`${month}-01T00:00`, timeZone);
  const to = instantOf(`${addMonths(month, 1)}-01T00:00`, timeZone);
  const input = { limit: MAX_PAGE, ...(from ? { from } : {}), ...(to ? { to } : {}) };
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery({
    ...eventListOptions(source, input),
    staleTime: MINUTE,
  });
  const pages = data?.pages ?? [];
  const readsOn = hasNextPage && pages.length < MONTH_PAGES && !isFetching && !isError;
  useEffect(() => {
    // The calendar is on the page twice, and both ask.
    if (readsOn) void fetchNextPage({ cancelRefetch: false });
  }, [readsOn, fetchNextPage]);
  const events: EventSummary[] = pages.flatMap(({ items }) => items);
  return { events, isCut: hasNextPage && (pages.length >= MONTH_PAGES || isError) };
}

export function categoriesOptions(queries: Queries) {
  return queries.categories.list.queryOptions({ limit: MAX_PAGE }, { staleTime: 10 * MINUTE });
}

export function useCategories(): Category[] | undefined {
  return useQuery(categoriesOptions(useTRPC())).data?.items;
}
