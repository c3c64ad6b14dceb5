import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import { type Event, isOver, missingTranslations } from "@tsudoi/shared/events.ts";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { bookingOf } from "#web/registrations/booking.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { Tick } from "#web/ui/choice.tsx";
import { Confirm } from "#web/ui/confirm.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useIntention } from "#web/use-intention.ts";
import { useEventRights } from "./managed-event.ts";
import { missingFields } from "./missing-fields.ts";
import "./organizer-panel.css";

type Props = {
  event: Event;
  /** On the pages of its management, which it need not lead to. */
  isManaged?: boolean;
};

/** The way to an event's management, and for a draft the way to the public; a missing translation is a choice, made in so many words. */
export function OrganizerPanel({ event, isManaged = false }: Props) {
  const { texts } = useTexts();
  const t = texts.event;
  const { publishing, editor } = useManageTexts();
  const { publishes } = useEventRights(event);
  const [asks, setAsks] = useState(false);
  const publish = usePublish(event.id);
  const [apply, setApply] = useState<SeriesPart>("this");
  const missing = missingTranslations(event);
  const now = useNow([event.endsAt]);
  const over = { title: t.draftOver, next: t.draftOverNext };
  const refused = publish.isError && toProblem(publish.error).reason;

  const manage = isManaged ? undefined : <ManageLink eventId={event.id} />;
  const send = (allowMissingTranslation: boolean) =>
    publish.mutate({ allowMissingTranslation, apply });

  if (publish.isSuccess) {
    return (
      <Notice tone="ok" title={t.published} live focus actions={manage}>
        {event.audience === "invited" ? (
          <ForInvited event={event} />
        ) : (
          <PublishedNext event={event} />
        )}
      </Notice>
    );
  }
  if (event.status !== "draft" || !publishes) return manage ?? null;
  if (isOver(event, now)) {
    return (
      <Notice tone="warn" title={over.title} actions={manage}>
        {over.next}
      </Notice>
    );
  }
  return (
    <section aria-label={t.organizerPanel}>
      {publish.isError && refused !== "TRANSLATION_MISSING" && (
        <ProblemNotice
          error={publish.error}
          instead={{ VALIDATION: over }}
          onRetry={() => publish.mutate(publish.variables)}
        />
      )}
      <Notice
        tone="info"
        title={t.draftNotice}
        actions={
          <>
            <Button
              size="small"
              isPending={publish.isPending}
              onPress={() => (missing.length > 0 ? setAsks(true) : send(false))}
            >
              {t.publish}
            </Button>
            {manage}
          </>
        }
      >
        {t.draftNext}
        {event.seriesId && <SeriesTick value={apply} onChange={setApply} />}
      </Notice>
      <Confirm
        isOpen={asks || refused === "TRANSLATION_MISSING"}
        title={t.missingTitle}
        yes={t.publishAnyway}
        no={t.cancel}
        onYes={() => {
          setAsks(false);
          send(true);
        }}
        onNo={() => {
          setAsks(false);
          publish.reset();
        }}
      >
        <p>{t.missingBody(missing.map((locale) => texts.languages[locale]))}</p>
        <ul className="missing-fields" aria-label={publishing.missing}>
          {missingFields(event).map((field) => (
            <li key={field}>
              <Link
                to="/organize/events/$eventId/edit"
                params={{ eventId: event.id }}
                hash={field}
                className="text-link"
              >
                {editor.fields[field]}
              </Link>
            </li>
          ))}
        </ul>
      </Confirm>
    </section>
  );
}

function ManageLink({ eventId }: { eventId: string }) {
  const t = useManageTexts();
  return (
    <LinkButton to="/organize/events/$eventId" params={{ eventId }} tone="quiet" size="small">
      {t.manage}
    </LinkButton>
  );
}

type SeriesProps = { value: SeriesPart; onChange: (part: SeriesPart) => void };

function SeriesTick({ value, onChange }: SeriesProps) {
  const { publishing } = useManageTexts();
  return (
    <Tick
      type="checkbox"
      name="apply"
      label={publishing.wholeSeries}
      isOn={value === "all"}
      onChange={(isOn) => onChange(isOn ? "all" : "this")}
    />
  );
}

/** What the event now does; not every one takes registrations at once. */
function PublishedNext({ event }: { event: Event }) {
  const { locale, texts } = useTexts();
  const { registrationOpensAt, registrationClosesAt, endsAt, timeZone } = event;
  const booking = bookingOf(event, useNow([registrationOpensAt, registrationClosesAt, endsAt]));
  if (booking === "not_open_yet") {
    return texts.event.publishedOpens(formatMoment(registrationOpensAt, { timeZone, locale }));
  }
  if (booking === "closed") return texts.event.publishedClosed;
  return booking === "over" ? texts.register.hintOver : texts.event.publishedNext;
}

/** Nobody finds it who is not asked to come. */
function ForInvited({ event }: { event: Event }) {
  const { publishing: t } = useManageTexts();
  const { locale, texts } = useTexts();
  const { lists } = useEventRights(event);
  const { registrationOpensAt, timeZone } = event;
  const isEarly = useNow([registrationOpensAt]) < new Date(registrationOpensAt);
  return (
    <>
      <p>{t.forInvited}</p>
      {isEarly && (
        <p>
          {texts.register.hintNotOpenYet(formatMoment(registrationOpensAt, { timeZone, locale }))}
        </p>
      )}
      {lists && (
        <Link
          to="/organize/events/$eventId/invitations"
          params={{ eventId: event.id }}
          className="text-link"
        >
          {t.invite}
        </Link>
      )}
    </>
  );
}

type Publish = { allowMissingTranslation: boolean; apply: SeriesPart };

function usePublish(eventId: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useIntention({
    send: (input: Publish, options) => client.events.publish.mutate({ eventId, ...input }, options),
    onAnswer: (event) => {
      queryClient.setQueryData(trpc.events.get.queryKey({ eventId }), event);
      void queryClient.invalidateQueries({ queryKey: trpc.events.pathKey() });
    },
    onRefusal: () => {
      void queryClient.invalidateQueries({ queryKey: trpc.events.get.queryKey({ eventId }) });
    },
  });
}
