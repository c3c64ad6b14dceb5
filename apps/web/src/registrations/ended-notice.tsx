import type { EndedRegistration, Event } from "@tsudoi/shared/events.ts";
import { LinkedText } from "#web/links/linked-text.tsx";
import { type AttendTexts, useAttendTexts } from "#web/texts/attend.ts";
import { Notice } from "#web/ui/notice.tsx";

type Props = {
  event: Event;
  ended: EndedRegistration;
  canAgain: boolean;
  /** It has just ended, by one's own press. */
  isNew: boolean;
};

/** How one's last registration ended, and what the organiser said; the way back, if there is one, stands below. */
export function EndedNotice({ event, ended, canAgain, isNew }: Props) {
  const { texts } = useAttendTexts();
  const t = texts.attend.ended;
  const isOwn = ended.endedBy === "attendee" || ended.status === "declined";
  const tone = isOwn ? "info" : "warn";
  return (
    <Notice
      tone={isNew ? "ok" : tone}
      title={titleOf(event, ended, texts)}
      live={isNew}
      focus={isNew}
    >
      {ended.status === "expired" && <p>{t.expiredNext}</p>}
      {ended.reason !== undefined && <OrganizersWords reason={ended.reason} />}
      {!canAgain && !isOwn && <p>{t.ask}</p>}
    </Notice>
  );
}

type CancelledProps = {
  event: Event;
  /** It happened while one looked at it. */
  isNews: boolean;
  /** Because of it, something that one pressed was refused. */
  isAnswer: boolean;
};

/** That there is nothing to come to, why, and what has become of one's own place. */
export function EventCancelled({ event, isNews, isAnswer }: CancelledProps) {
  const { attend: t } = useAttendTexts().texts;
  const { cancelReason, myRegistration, endedRegistration } = event;
  const hadPlace = myRegistration !== undefined || endedRegistration?.endedBy === "event";
  return (
    <Notice tone="bad" title={t.eventCancelled} live={isNews} focus={isAnswer}>
      {cancelReason !== null && <OrganizersWords reason={cancelReason} />}
      {hadPlace && <p>{t.eventCancelledNext}</p>}
    </Notice>
  );
}

function OrganizersWords({ reason }: { reason: string }) {
  const { attend: t } = useAttendTexts().texts;
  return (
    <blockquote className="organizers-words">
      <small>{t.reason}</small>
      <LinkedText text={reason} />
    </blockquote>
  );
}

function titleOf(
  event: Event,
  { status, endedBy, reason }: EndedRegistration,
  { attend }: AttendTexts,
): string {
  const t = attend.ended;
  if (status === "expired") return t.expired;
  if (status === "declined") return t.declined;
  if (status === "rejected") return isLost(event, reason) ? t.notDrawn : t.rejected;
  return endedBy === "organizer" ? t.byOrganizer : t.byAttendee;
}

/** A draw gives no reasons, a person may. */
function isLost({ drawnAt }: Event, reason: string | undefined): boolean {
  return drawnAt !== null && reason === undefined;
}
