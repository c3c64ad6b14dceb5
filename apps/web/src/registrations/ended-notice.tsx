import type { EndedRegistration, Event } from "@tsudoi/shared/events.ts";
import { type AttendTexts, useAttendTexts } from "#web/texts/attend.ts";
import { Notice } from "#web/ui/notice.tsx";

type Props = {
  event: Event;
  ended: EndedRegistration;
  canAgain: boolean;
  /** It has just ended, by one's own press. */
  isNew: boolean;
};

/** How one's last registration ended, what the organiser said, and whether one can come back. */
export function EndedNotice({ event, ended, canAgain, isNew }: Props) {
  const { texts } = useAttendTexts();
  const t = texts.attend.ended;
  const isOwn = ended.endedBy === "attendee" || ended.status === "declined";
  const tone = isOwn ? "info" : "warn";
  const next = canAgain ? t.again : t.ask;
  return (
    <Notice
      tone={isNew ? "ok" : tone}
      title={titleOf(event, ended, texts)}
      live={isNew}
      focus={isNew}
    >
      {ended.status === "expired" && <p>{t.expiredNext}</p>}
      {ended.reason !== undefined && <OrganizersWords reason={ended.reason} />}
      {(canAgain || !isOwn) && <p>{next}</p>}
    </Notice>
  );
}

/** Why there is nothing to come to. */
export function EventCancelled({ event }: { event: Event }) {
  const { attend: t } = useAttendTexts().texts;
  return (
    <Notice tone="bad" title={t.eventCancelled}>
      {event.cancelReason !== null && <OrganizersWords reason={event.cancelReason} />}
      <p>{t.eventCancelledNext}</p>
    </Notice>
  );
}

function OrganizersWords({ reason }: { reason: string }) {
  const { attend: t } = useAttendTexts().texts;
  return (
    <blockquote className="organizers-words">
      <small>{t.reason}</small>
      {reason}
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
