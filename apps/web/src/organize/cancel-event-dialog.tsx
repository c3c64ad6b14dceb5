import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { type FormEvent, useState } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { clock } from "#web/time/clock.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Field } from "#web/ui/field.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Optional } from "./draft-labels.tsx";
import { SeriesChoice } from "./series-choice.tsx";
import { peopleIn, reached } from "./told.ts";
import { useEventVerb } from "./use-event-verb.ts";
import { useSeries } from "./use-series.ts";

const MAX_REASON = 1_000;

type Props = {
  event: Event;
  isOpen: boolean;
  onClose: () => void;
  onDone: () => void;
};

type Cancel = { eventId: string; reason: string; apply: SeriesPart };

/** Says how many people hear of it before it is done: it cannot be taken back. */
export function CancelEventDialog({ event, isOpen, onClose, onDone }: Props) {
  const { cancel: t } = useManageTexts();
  const [reason, setReason] = useState("");
  const [apply, setApply] = useState<SeriesPart>("this");
  const warning = useWarning(event, apply);
  const cancel = useEventVerb(event.id, (client, input: Cancel, options) =>
    client.events.cancel.mutate(input, options),
  );
  function submit(sent: FormEvent): void {
    sent.preventDefault();
    cancel.mutate({ eventId: event.id, reason, apply }, { onSuccess: onDone });
  }
  return (
    <Dialog isOpen={isOpen} title={t.title} close={t.no} onClose={onClose}>
      <form onSubmit={submit}>
        <Notice tone="warn" title={warning} live />
        <Field
          label={<Optional label={t.reason} />}
          hint={t.reasonHint}
          rows={3}
          maxLength={MAX_REASON}
          value={reason}
          onChange={setReason}
        />
        {event.seriesId && <SeriesChoice title={t.series} value={apply} onChange={setApply} />}
        {cancel.isError && <ProblemNotice error={cancel.error} />}
        <div className="confirm-actions">
          <Button tone="quiet" onPress={onClose}>
            {t.no}
          </Button>
          <Button type="submit" isPending={cancel.isPending}>
            {t.yes}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What is cancelled and whom it tells, as far as one may know. */
function useWarning(event: Event, apply: SeriesPart): string {
  const { cancel: t } = useManageTexts();
  const series = useSeries(event);
  if (apply === "this") return t.told(peopleIn([event]));
  if (series === undefined) return t.toldInSeries;
  const now = new Date(clock.now());
  const events = reached(series, { from: event, apply, now });
  return t.toldSeries(events.length, peopleIn(events));
}
