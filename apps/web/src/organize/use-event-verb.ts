import { useQueryClient } from "@tanstack/react-query";
import { type Api, useTRPC, useTRPCClient } from "#web/api.ts";
import { useIntention } from "#web/use-intention.ts";
import { useRefreshPeople } from "./managed-event.ts";

type Answer = Awaited<ReturnType<Api["events"]["publish"]["mutate"]>>;
type Options = { context: { idempotencyKey: string } };

/** A change of one event, shown wherever the event is once it is made. */
export function useEventVerb<Input>(
  eventId: string,
  send: (client: Api, input: Input, options: Options) => Promise<Answer>,
) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = useRefreshPeople(eventId);
  return useIntention({
    send: (input: Input, options) => send(client, input, options),
    onAnswer: (event) => {
      queryClient.setQueryData(trpc.events.get.queryKey({ eventId: event.id }), event);
      void queryClient.invalidateQueries({ queryKey: trpc.events.pathKey() });
      void refresh();
    },
    onRefusal: () => void refresh(),
  });
}
