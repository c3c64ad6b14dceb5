import type { Event } from "@tsudoi/shared/events.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { LinkButton } from "#web/ui/link-button.tsx";

/** Registration whose deadline has passed is neither closed nor reopened by hand: the deadline is what can change. */
export function WindowOver({ event }: { event: Event }) {
  const { locale } = useTexts();
  const { publishing: t } = useManageTexts();
  const { id: eventId, registrationClosesAt, status, timeZone } = event;
  const moment = formatMoment(registrationClosesAt, { timeZone, locale });
  return (
    <li>
      <div className="event-action">
        <p className="faint">
          {status === "closed" ? t.windowOverClosed(moment) : t.windowOver(moment)}
        </p>
        <LinkButton
          to="/organize/events/$eventId/edit"
          params={{ eventId }}
          hash="registrationCloses"
          tone="quiet"
          size="small"
        >
          {t.toDeadline}
        </LinkButton>
      </div>
    </li>
  );
}
