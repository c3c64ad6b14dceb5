import { infiniteQueryOptions, useQuery } from "@tanstack/react-query";
import { isOver } from "@tsudoi/shared/events.ts";
import { MAX_PAGE } from "@tsudoi/shared/paging.ts";
import type { ListMineInput, MyRegistration } from "@tsudoi/shared/registrations.ts";
import { type Queries, useTRPC, useTRPCClient } from "#web/api.ts";
import { useNow } from "#web/time/use-now.ts";
import { isLive } from "./booking.ts";
import type { MyListInput } from "./my-search.ts";

/** One's own live registrations that are still to come, soonest first; as many as a page holds. */
export function useUpcomingRegistrations(): MyRegistration[] | undefined {
  const { data } = useQuery(upcomingOptions(useTRPC()));
  const now = useNow(data?.items.map(({ event }) => event.endsAt) ?? []);
  return data?.items.filter(({ status, event }) => isLive(status) && !isOver(event, now));
}

export function upcomingOptions(queries: Queries) {
  return queries.registrations.listMine.queryOptions({ when: "upcoming", limit: MAX_PAGE });
}

/** Offers that wait for an answer, wherever in the list they stand. */
export function useOpenOffers(): MyRegistration[] {
  const input: ListMineInput = { when: "upcoming", statuses: ["offered"], limit: MAX_PAGE };
  const { data } = useQuery(useTRPC().registrations.listMine.queryOptions(input));
  return data?.items ?? [];
}

/** The pages of one's own registrations; tRPC's own options would send a key that the API does not take. */
export function useMyRegistrationsOptions(input: MyListInput) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  return infiniteQueryOptions({
    queryKey: trpc.registrations.listMine.infiniteQueryKey(input),
    queryFn: ({ pageParam, signal }) =>
      client.registrations.listMine.query(
        { ...input, ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
