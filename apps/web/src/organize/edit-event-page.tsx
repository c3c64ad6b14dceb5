import { getRouteApi, Link } from "@tanstack/react-router";
import { type Event, isOver } from "@tsudoi/shared/events.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { ChevronLeft } from "lucide-react";
import { useMe } from "#web/auth/use-session.ts";
import { RefusedPage } from "#web/problems/refused-page.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { useNow } from "#web/time/use-now.ts";
import { Chip } from "#web/ui/chip.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { EditEvent } from "./edit-event.tsx";
import { useEventRights } from "./managed-event.ts";
import { ReadEvent } from "./read-event.tsx";
import "#web/events/event-card.css";
import "#web/problems/page.css";
import "./manage-page.css";

const route = getRouteApi("/shell/organize/events/$eventId/edit");

export function EditEventPage() {
  const { eventId } = route.useParams();
  const me = useMe();
  return (
    <ReadEvent eventId={eventId} rows={6}>
      {(event) => me && <Edited key={eventId} event={event} owner={me.id} />}
    </ReadEvent>
  );
}

function Edited({ event, owner }: { event: Event; owner: string }) {
  const { locale, texts } = useTexts();
  const { editor: t, ...words } = useManageTexts();
  const { edits } = useEventRights(event);
  const isPast = isOver(event, useNow([event.endsAt]));
  const isGone = event.status === "cancelled" || event.status === "archived";
  const params = { eventId: event.id };
  if (!edits) return <RefusedPage reason="FORBIDDEN" />;
  const title = localized(event.title, locale).text;
  if (isGone || (isPast && event.status !== "draft")) {
    return (
      <div className="lone-page">
        <title>{texts.app.title(t.title)}</title>
        <Notice tone="warn" title={<h1>{t.notChangeable.title}</h1>}>
          {t.notChangeable.next}
        </Notice>
        <LinkButton to="/organize/events/$eventId" params={params} tone="quiet">
          {words.manage}
        </LinkButton>
      </div>
    );
  }
  return (
    <>
      <title>{texts.app.title(`${t.title}: ${title}`)}</title>
      <EditEvent
        event={event}
        owner={owner}
        lead={
          <div className="event-card-chips">
            <Link to="/organize/events/$eventId" params={params} className="manage-back">
              <ChevronLeft aria-hidden="true" />
              <Localized text={event.title} />
            </Link>
            {event.status === "draft" && <Chip>{texts.events.draft}</Chip>}
          </div>
        }
      />
    </>
  );
}
