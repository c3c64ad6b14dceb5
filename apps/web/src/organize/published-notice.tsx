import { Link } from "@tanstack/react-router";
import type { Event } from "@tsudoi/shared/events.ts";
import type { ReactNode } from "react";
import { bookingOf } from "#web/registrations/booking.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Notice } from "#web/ui/notice.tsx";
import { useEventRights } from "./managed-event.ts";
import type { Publish } from "./use-publish.ts";
import { useSeries } from "./use-series.ts";

type Props = { event: Event; asked: Publish; actions: ReactNode };

/** What publishing did: to this event, and how far its series is public now. */
export function PublishedNotice({ event, asked, actions }: Props) {
  const { publishing: t } = useManageTexts();
  const events = useSeries(event) ?? [];
  const published = events.filter(({ status }) => status === "published").length;
  const isSeries = events.length > 1;
  const isWhole = isSeries && asked.apply === "all" && published === events.length;
  return (
    <Notice
      tone="ok"
      title={isWhole ? t.wholeSeriesPublished(published) : t.published}
      live
      focus
      actions={actions}
    >
      {isSeries && !isWhole && <p>{t.partPublished(published, events.length)}</p>}
      {event.audience === "invited" ? <ForInvited event={event} /> : <Next event={event} />}
    </Notice>
  );
}

/** What the event now does; not every one takes registrations at once. */
function Next({ event }: { event: Event }) {
  const { locale, texts } = useTexts();
  const { publishing: t } = useManageTexts();
  const { registrationOpensAt, registrationClosesAt, endsAt, timeZone } = event;
  const booking = bookingOf(event, useNow([registrationOpensAt, registrationClosesAt, endsAt]));
  if (booking === "not_open_yet") {
    return <p>{t.publishedOpens(formatMoment(registrationOpensAt, { timeZone, locale }))}</p>;
  }
  if (booking === "closed") return <p>{t.publishedClosed}</p>;
  return <p>{booking === "over" ? texts.register.hintOver : t.publishedNext}</p>;
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
