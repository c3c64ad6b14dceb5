import { getRouteApi, Link, Outlet, useMatchRoute } from "@tanstack/react-router";
import { formatSpan, zoneOffset } from "@tsudoi/shared/dates.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { ChevronLeft } from "lucide-react";
import { EventChips } from "#web/events/event-chips.tsx";
import { RefusedPage } from "#web/problems/refused-page.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { readersTimes } from "#web/time/format.ts";
import { LinkButton } from "#web/ui/link-button.tsx";
import { TabLink, TabLinks } from "#web/ui/tab-links.tsx";
import { ManagedContext, useEventRights, useFollowPeople } from "./managed-event.ts";
import { liveCount, useCounts } from "./people-queries.ts";
import { ReadEvent } from "./read-event.tsx";
import { SeriesNav } from "./series-nav.tsx";
import "#web/events/event-card.css";
import "./manage-page.css";

const route = getRouteApi("/shell/organize/events/$eventId");

/** Everything about one event for those who help with it, in parts. */
export function ManagePage() {
  const { eventId } = route.useParams();
  return (
    <ReadEvent eventId={eventId} rows={5}>
      {(event) => <Managed key={eventId} event={event} />}
    </ReadEvent>
  );
}

function Managed({ event }: { event: Event }) {
  const rights = useEventRights(event);
  useFollowPeople(event);
  if (!rights.helps) return <RefusedPage reason="FORBIDDEN" />;
  return (
    <ManagedContext value={event}>
      <div className="page manage-page">
        <Head event={event} />
        <Tabs event={event} />
        <Outlet />
      </div>
    </ManagedContext>
  );
}

function Head({ event }: { event: Event }) {
  const { locale, texts } = useTexts();
  const t = useManageTexts();
  const { edits } = useEventRights(event);
  const params = { eventId: event.id };
  const readers = readersTimes(event, locale);
  return (
    <header className="manage-head">
      <title>{texts.app.title(localized(event.title, locale).text)}</title>
      <Link to="/organize" className="manage-back">
        <ChevronLeft aria-hidden="true" />
        {t.back}
      </Link>
      <div className="manage-title">
        <div>
          <div className="event-card-chips">
            <EventChips event={event} />
          </div>
          <h1>
            <Localized text={event.title} />
          </h1>
          <p className="muted">
            {formatSpan(event, locale)}
            {readers && ` ${zoneOffset(event.timeZone, event.startsAt)}`}
            {readers && <span className="faint"> · {texts.events.readersTime(readers)}</span>}
          </p>
        </div>
        <div className="manage-links">
          <LinkButton to="/events/$eventId" params={params} tone="quiet" size="small">
            {t.open}
          </LinkButton>
          {edits && event.status !== "cancelled" && event.status !== "archived" && (
            <LinkButton to="/organize/events/$eventId/edit" params={params} size="small">
              {t.edit}
            </LinkButton>
          )}
        </div>
      </div>
      {event.seriesId && <SeriesNav event={event} />}
    </header>
  );
}

function Tabs({ event }: { event: Event }) {
  const t = useManageTexts();
  const { lists } = useEventRights(event);
  const params = { eventId: event.id };
  // Whoever is there by its address sees where they are.
  const isAtInvitations = useMatchRoute()({ to: "/organize/events/$eventId/invitations", params });
  const counts = useCounts(event.id, lists && event.status !== "draft").data;
  return (
    <TabLinks label={t.sections}>
      <TabLink to="/organize/events/$eventId" params={params} activeOptions={{ exact: true }}>
        {t.tabs.overview}
      </TabLink>
      {lists && (
        <TabLink
          to="/organize/events/$eventId/people"
          params={params}
          activeOptions={{ includeSearch: false }}
        >
          {t.counted(t.tabs.people, counts && liveCount(counts))}
        </TabLink>
      )}
      {lists && (event.waitlistMode !== "none" || event.waitlistLength > 0) && (
        <TabLink to="/organize/events/$eventId/waitlist" params={params}>
          {t.counted(t.tabs.waitlist, counts?.waitlisted)}
        </TabLink>
      )}
      <TabLink to="/organize/events/$eventId/organizers" params={params}>
        {t.tabs.organizers}
      </TabLink>
      {lists && (event.audience === "invited" || isAtInvitations) && (
        <TabLink to="/organize/events/$eventId/invitations" params={params}>
          {t.tabs.invitations}
        </TabLink>
      )}
    </TabLinks>
  );
}
