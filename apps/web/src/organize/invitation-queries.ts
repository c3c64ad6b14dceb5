import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { useIntention } from "#web/use-intention.ts";

/** Who is invited, by address, or whom a search finds among them; tRPC's own options would send a key that the API does not take. */
export function useInvitations(eventId: string, text: string) {
  const client = useTRPCClient();
  const queries = useTRPC();
  const asked = { eventId, limit: 50, ...(text === "" ? {} : { text }) };
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: queries.events.listInvitations.infiniteQueryKey(asked),
      queryFn: ({ pageParam, signal }) =>
        client.events.listInvitations.query(
          { ...asked, ...(pageParam ? { cursor: pageParam } : {}) },
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: (before) => before,
    }),
  );
}

export function useRefreshInvitations(): () => Promise<unknown> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: trpc.events.listInvitations.pathKey() });
}

type Change = { email: string; isInvited: boolean; apply: SeriesPart };

/** Takes an address off the list, or puts it back where it is told that it is off. */
export function useUninvite(eventId: string) {
  const client = useTRPCClient();
  const refresh = useRefreshInvitations();
  const [removed, setRemoved] = useState<{ email: string; apply: SeriesPart }>();
  const change = useIntention({
    send: async ({ email, isInvited, apply }: Change, options) => {
      const input = { eventId, emails: [email], apply };
      if (isInvited) await client.events.invite.mutate(input, options);
      else await client.events.uninvite.mutate(input, options);
      return { email, isInvited, apply };
    },
    onAnswer: ({ email, isInvited, apply }) => {
      setRemoved(isInvited ? undefined : { email, apply });
      void refresh();
    },
    onRefusal: () => void refresh(),
  });
  // Of a series nobody knows any more on which lists the address was.
  const undo =
    removed?.apply === "this"
      ? () => change.mutate({ email: removed.email, isInvited: true, apply: "this" })
      : undefined;
  return { change, removed: removed?.email, undo };
}
