import { useQueryClient } from "@tanstack/react-query";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { useIntention } from "#web/use-intention.ts";

export type Publish = { allowMissingTranslation: boolean; apply: SeriesPart };

/** Shown once what it did is known: of a series, how its other events stand. */
export function usePublish({ id: eventId, seriesId }: Event) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useIntention({
    send: (input: Publish, options) => client.events.publish.mutate({ eventId, ...input }, options),
    onAnswer: async (event) => {
      queryClient.setQueryData(trpc.events.get.queryKey({ eventId }), event);
      const read = queryClient.invalidateQueries({ queryKey: trpc.events.pathKey() });
      if (seriesId !== null) await read;
    },
    onRefusal: () => {
      void queryClient.invalidateQueries({ queryKey: trpc.events.get.queryKey({ eventId }) });
    },
  });
}
