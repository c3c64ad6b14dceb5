import { infiniteQueryOptions, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import type { Organizer } from "@tsudoi/shared/event-organizers.ts";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { EventRole } from "@tsudoi/shared/permissions.ts";
import { personName } from "@tsudoi/shared/person-name.ts";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useIntention } from "#web/use-intention.ts";

/** Everybody who helps with an event; tRPC's own options would send a key that the API does not take. */
export function useOrganizers(eventId: string) {
  const client = useTRPCClient();
  const queries = useTRPC();
  return useInfiniteQuery(
    infiniteQueryOptions({
      queryKey: queries.events.listOrganizers.infiniteQueryKey({ eventId }),
      queryFn: ({ pageParam, signal }) =>
        client.events.listOrganizers.query(
          { eventId, ...(pageParam ? { cursor: pageParam } : {}) },
          { signal },
        ),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  );
}

type Change = { person: Organizer; role: EventRole | undefined; apply: SeriesPart };

/** Each change of one event can be undone from where it is told; of a series nobody knows any more what there was. */
export function useChangeRoles(eventId: string) {
  const client = useTRPCClient();
  const { organizers: t } = useManageTexts();
  const refresh = useRefreshOrganizers();
  const [done, setDone] = useState<{ words: string; person: Organizer; apply: SeriesPart }>();
  const change = useIntention({
    send: async ({ person, role, apply }: Change, options) => {
      const who = { eventId, userId: person.id, apply };
      if (role === undefined) await client.events.removeOrganizer.mutate(who, options);
      else await client.events.saveOrganizer.mutate({ ...who, role }, options);
    },
    onAnswer: () => void refresh(),
    onRefusal: () => void refresh(),
  });
  function make(wanted: Change, isUndo = false): void {
    setDone(undefined);
    const { person, role, apply } = wanted;
    const name = personName(person);
    const words = role === undefined ? t.removed(name) : t.changed(name, t.roles[role]);
    change.mutate(wanted, {
      onSuccess: () => {
        if (!isUndo) setDone({ words, person, apply });
      },
    });
  }
  return {
    done,
    error: change.error,
    isPending: change.isPending,
    make: (wanted: Change) => make(wanted),
    forget: () => {
      setDone(undefined);
      change.reset();
    },
    undo:
      done?.apply === "this"
        ? () => make({ person: done.person, role: done.person.role, apply: "this" }, true)
        : undefined,
  };
}

export function useRefreshOrganizers(): () => Promise<unknown> {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.events.listOrganizers.pathKey() }),
      queryClient.invalidateQueries({ queryKey: trpc.events.get.pathKey() }),
    ]);
}
