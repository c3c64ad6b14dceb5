import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { AttendeeCounts, ListForEventInput } from "@tsudoi/shared/registration-lists.ts";
import { REGISTRATION_STATUSES, type RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import type { PeopleSearch } from "./people-search.ts";

const PAGE = 50;

/** The filters of an address as the API is asked with them. */
export function toFilter({ standing, ...search }: PeopleSearch) {
  return { ...search, status: REGISTRATION_STATUSES.find((status) => status === standing) };
}

export type PeopleInput = Pick<ListForEventInput, "eventId" | "order"> & {
  text?: string | undefined;
  status?: RegistrationStatus | undefined;
  departmentId?: string | undefined;
};

/** Pages of an event's people; tRPC's own options would send a key that the API does not take. */
export function usePeople(input: PeopleInput) {
  const client = useTRPCClient();
  const queries = useTRPC();
  const asked = { ...input, limit: PAGE };
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: queries.registrations.listForEvent.infiniteQueryKey(asked),
      queryFn: ({ pageParam, signal }) =>
        client.registrations.listForEvent.query(
          { ...asked, ...(pageParam ? { cursor: pageParam } : {}) },
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      // The rows stay while others are looked for.
      placeholderData: (before) => before,
    }),
  );
}

export function useCounts(eventId: string, isOn: boolean) {
  const trpc = useTRPC();
  return useQuery(trpc.registrations.countForEvent.queryOptions({ eventId }, { enabled: isOn }));
}

/** Everyone who would be told of a change: who has a place, waits for one or asked for one. */
export function liveCount(counts: AttendeeCounts): number {
  return counts.confirmed + counts.offered + counts.waitlisted + counts.pending;
}
