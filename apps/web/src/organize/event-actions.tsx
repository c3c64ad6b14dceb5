import { useNavigate } from "@tanstack/react-router";
import { bookingState, type Event, isOver } from "@tsudoi/shared/events.ts";
import { type ReactNode, useState } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useSay } from "#web/shell/said.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { clock } from "#web/time/clock.ts";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { CancelEventDialog } from "./cancel-event-dialog.tsx";
import { DiscardEvent } from "./discard-event.tsx";
import { useEventRights } from "./managed-event.ts";
import { useEventVerb } from "./use-event-verb.ts";
import { WindowOver } from "./window-over.tsx";

type Props = { event: Event };

/** What this person may do with the event as it stands, each with what follows from it. */
export function EventActions({ event }: Props) {
  const { actions: t } = useManageTexts();
  const rights = useEventRights(event);
  const now = useNow([event.endsAt, event.registrationClosesAt]);
  const isPast = isOver(event, now);
  const isWindowOver = now >= new Date(event.registrationClosesAt);
  const [said, say] = useState<string>();
  const [cancels, setCancels] = useState(false);
  const isOn = event.status === "published" || event.status === "closed";
  const canClose = event.status === "published" && !isWindowOver;
  const canReopen = event.status === "closed" && !isWindowOver;
  const rows = [
    rights.publishes && canClose && <Close key="close" event={event} say={say} />,
    rights.publishes && canReopen && <Reopen key="reopen" event={event} say={say} />,
    rights.edits && isOn && isWindowOver && !isPast && <WindowOver key="window" event={event} />,
    rights.edits && rights.creates && <Duplicate key="duplicate" event={event} />,
    rights.cancels && isOn && !isPast && (
      <Action key="cancel" hint={t.cancelHint}>
        <Button tone="quiet" size="small" onPress={() => setCancels(true)}>
          {t.cancel}
        </Button>
      </Action>
    ),
    rights.cancels && event.status === "draft" && <DiscardEvent key="discard" event={event} />,
  ].filter(Boolean);
  if (rows.length === 0) return null;
  return (
    <section className="manage-panel card event-actions">
      <h2>{t.title}</h2>
      {said && <Notice key={said} tone="ok" title={said} live focus />}
      <ul>{rows}</ul>
      <CancelEventDialog
        event={event}
        isOpen={cancels}
        onClose={() => setCancels(false)}
        onDone={() => {
          setCancels(false);
          say(t.cancelled);
        }}
      />
    </section>
  );
}

type ActionProps = { hint: string; error?: unknown; onRetry?: () => void; children: ReactNode };

export function Action({ hint, error, onRetry, children }: ActionProps) {
  return (
    <li>
      <div className="event-action">
        <p className="faint">{hint}</p>
        {children}
      </div>
      {error ? <ProblemNotice error={error} {...(onRetry ? { onRetry } : {})} /> : null}
    </li>
  );
}

type VerbProps = { event: Event; say: (words: string) => void };

function Close({ event, say }: VerbProps) {
  const { actions: t } = useManageTexts();
  const close = useEventVerb(event.id, (client, input: { eventId: string }, options) =>
    client.events.close.mutate(input, options),
  );
  const act = () => close.mutate({ eventId: event.id }, { onSuccess: () => say(t.closed) });
  return (
    <Action hint={t.closeHint} error={close.error} onRetry={act}>
      <Button tone="quiet" size="small" isPending={close.isPending} onPress={act}>
        {t.close}
      </Button>
    </Action>
  );
}

function Reopen({ event, say }: VerbProps) {
  const { actions: t, publishing } = useManageTexts();
  const { locale } = useTexts();
  const { timeZone } = event;
  const reopen = useEventVerb(event.id, (client, input: { eventId: string }, options) =>
    client.events.reopen.mutate(input, options),
  );
  const told = (reopened: Event) =>
    bookingState(reopened, new Date(clock.now())) === "not_open_yet"
      ? publishing.reopenedOpens(formatMoment(reopened.registrationOpensAt, { timeZone, locale }))
      : t.reopened;
  const act = () =>
    reopen.mutate({ eventId: event.id }, { onSuccess: (answer) => say(told(answer)) });
  return (
    <Action hint={t.reopenHint} error={reopen.error} onRetry={act}>
      <Button tone="quiet" size="small" isPending={reopen.isPending} onPress={act}>
        {t.reopen}
      </Button>
    </Action>
  );
}

/** Leads to the editor of the copy: its date is rarely the right one. */
function Duplicate({ event }: { event: Event }) {
  const { actions: t, publishing } = useManageTexts();
  const navigate = useNavigate();
  const say = useSay();
  const duplicate = useEventVerb(event.id, (client, input: { eventId: string }, options) =>
    client.events.duplicate.mutate(input, options),
  );
  const act = () =>
    duplicate.mutate(
      { eventId: event.id },
      {
        onSuccess: async ({ id }) => {
          await navigate({ to: "/organize/events/$eventId/edit", params: { eventId: id } });
          say(publishing.duplicated);
        },
      },
    );
  const hint = event.audience === "invited" ? publishing.duplicateInvited : t.duplicateHint;
  return (
    <Action hint={hint} error={duplicate.error} onRetry={act}>
      <Button tone="quiet" size="small" isPending={duplicate.isPending} onPress={act}>
        {t.duplicate}
      </Button>
    </Action>
  );
}
