import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { useIntention } from "#web/use-intention.ts";

/** Who is invited, by address; tRPC's own options would send a key that the API does not take. */
export function useInvitations(eventId: string) {
  const client = useTRPCClient();
  const queries = useTRPC();
  const asked = { eventId, limit: 50 };
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
    }),
  );
}

export function useRefreshInvitations(): () => Promise<unknown> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: trpc.events.listInvitations.pathKey() });
}

type Change = { email: string; isInvited: boolean };

/** Takes an address off the list, or puts it back where it is told that it is off. */
export function useUninvite(eventId: string) {
  const client = useTRPCClient();
  const refresh = useRefreshInvitations();
  const [removed, setRemoved] = useState<string>();
  const change = useIntention({
    send: async ({ email, isInvited }: Change, options) => {
      const input = { eventId, emails: [email] };
      if (isInvited) await client.events.invite.mutate(input, options);
      else await client.events.uninvite.mutate(input, options);
      return { email, isInvited };
    },
    onAnswer: ({ email, isInvited }) => {
      setRemoved(isInvited ? undefined : email);
      void refresh();
    },
    onRefusal: () => void refresh(),
  });
  const undo = () => {
    if (removed !== undefined) change.mutate({ email: removed, isInvited: true });
  };
  return { change, removed, undo };
}
