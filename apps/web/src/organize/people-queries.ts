import { infiniteQueryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { type RegistrationFilter, STATUS_GROUPS } from "@tsudoi/shared/registration-exports.ts";
import type { Attendee, AttendeeCounts } from "@tsudoi/shared/registration-lists.ts";
import { LIVE_STATUSES, REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import type { PeopleSearch } from "./people-search.ts";

const PAGE = 50;

/** What a list of people can show besides those of one status. */
export const GROUPS = [...STATUS_GROUPS, "all"] as const;
export type Group = (typeof GROUPS)[number];
export const STANDINGS = [...GROUPS, ...REGISTRATION_STATUSES] as const;
export type Standing = (typeof STANDINGS)[number];

/** Those who hold or await a place, unless the address says otherwise. */
export function standingIn({ standing }: PeopleSearch): Standing {
  return STANDINGS.find((known) => known === standing) ?? "live";
}

/** The filters of an address as the API is asked with them. */
export function toFilter(search: PeopleSearch): RegistrationFilter {
  const { text, departmentId } = search;
  const standing = standingIn(search);
  return { text, departmentId, status: standing === "all" ? undefined : standing };
}

export type PeopleInput = RegistrationFilter & { eventId: string; order: "number" | "queue" };

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

/** How somebody stands by now whom the list that was asked for shows no more. */
export function usePersonElsewhere(
  eventId: string,
  person: Attendee | undefined,
): Attendee | undefined {
  const trpc = useTRPC();
  const input = { eventId, text: person?.number ?? "", limit: PAGE };
  const isOn = person !== undefined;
  const { data } = useQuery(trpc.registrations.listForEvent.queryOptions(input, { enabled: isOn }));
  return data?.items.find(({ id }) => id === person?.id);
}

/** As many as a list of people shows without a filter. */
export function liveCount(counts: AttendeeCounts): number {
  return LIVE_STATUSES.reduce((sum, status) => sum + counts[status], 0);
}

export function useCounts(eventId: string, isOn: boolean) {
  const trpc = useTRPC();
  return useQuery(trpc.registrations.countForEvent.queryOptions({ eventId }, { enabled: isOn }));
}
