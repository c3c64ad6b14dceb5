import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { useIntention } from "#web/use-intention.ts";
import { SeriesChoice } from "./series-choice.tsx";

type Discard = { eventId: string; apply: SeriesPart };

/** Deletes a draft, once it is asked for twice. */
export function DiscardEvent({ event }: { event: Event }) {
  const { actions, discard: t, cancel } = useManageTexts();
  const [isOpen, setOpen] = useState(false);
  const [apply, setApply] = useState<SeriesPart>("this");
  const discard = useDiscard();
  const close = () => setOpen(false);
  return (
    <li>
      <div className="event-action">
        <p className="faint">{actions.discardHint}</p>
        <Button tone="quiet" size="small" onPress={() => setOpen(true)}>
          {actions.discard}
        </Button>
      </div>
      <Dialog isOpen={isOpen} title={t.title} close={cancel.no} onClose={close}>
        <p className="muted">{t.body}</p>
        {event.seriesId && <SeriesChoice value={apply} onChange={setApply} />}
        {discard.isError && <ProblemNotice error={discard.error} />}
        <div className="confirm-actions">
          <Button tone="quiet" onPress={close} autoFocus>
            {cancel.no}
          </Button>
          <Button
            isPending={discard.isPending}
            onPress={() => discard.mutate({ eventId: event.id, apply })}
          >
            {t.yes}
          </Button>
        </div>
      </Dialog>
    </li>
  );
}

function useDiscard() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useIntention({
    send: (input: Discard, options) => client.events.discard.mutate(input, options),
    onAnswer: async ({ eventIds }) => {
      await navigate({ to: "/organize", search: {}, replace: true });
      for (const eventId of eventIds) {
        queryClient.removeQueries({ queryKey: trpc.events.get.queryKey({ eventId }) });
      }
      void queryClient.invalidateQueries({ queryKey: trpc.events.list.pathKey() });
    },
    onRefusal: () => undefined,
  });
}
