import { type Event, isOver } from "@tsudoi/shared/events.ts";
import { EventFacts } from "#web/events/event-facts.tsx";
import { Seats } from "#web/events/seats.tsx";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Written } from "#web/texts/texts.tsx";
import { useNow } from "#web/time/use-now.ts";
import { Notice } from "#web/ui/notice.tsx";
import { CoverField } from "./cover-field.tsx";
import { DrawPanel } from "./draw-panel.tsx";
import { EventActions } from "./event-actions.tsx";
import { useEventRights, useManagedEvent } from "./managed-event.ts";
import { OrganizerPanel } from "./organizer-panel.tsx";
import { useCounts } from "./people-queries.ts";
import { RegistrationFacts } from "./registration-facts.tsx";
import { StatusTiles } from "./status-tiles.tsx";
import "#web/ui/card.css";
import "./overview-page.css";

/** How the event stands, and what can be done about it. */
export function OverviewPage() {
  const event = useManagedEvent();
  const t = useManageTexts();
  const { lists, edits } = useEventRights(event);
  const isPast = isOver(event, useNow([event.endsAt]));
  const isOn = event.status === "published" || event.status === "closed";
  const canCover = edits && (event.status === "draft" || (isOn && !isPast));
  const counts = useCounts(event.id, lists && event.status !== "draft");
  return (
    <div className="overview">
      <OrganizerPanel event={event} isManaged />
      {event.cancelReason && (
        <Notice tone="warn" title={t.cancel.cancelledAt}>
          <Written text={event.cancelReason} />
        </Notice>
      )}
      {counts.isError && !counts.data && (
        <ProblemNotice error={counts.error} onRetry={() => void counts.refetch()} />
      )}
      <div className="overview-top">
        <section className="manage-panel card" aria-label={t.seats}>
          <Seats event={event} size="large" />
        </section>
        {lists && event.status !== "draft" && <StatusTiles event={event} counts={counts.data} />}
      </div>
      <div className="overview-columns">
        <div className="overview-column">
          <About event={event} />
          {canCover && <CoverField event={event} />}
          {event.allocation === "lottery" && <DrawPanel event={event} />}
        </div>
        <EventActions event={event} />
      </div>
    </div>
  );
}

function About({ event }: { event: Event }) {
  const t = useManageTexts();
  return (
    <section className="manage-panel card">
      <EventFacts event={event} details={event} />
      <h2>{t.facts.title}</h2>
      <RegistrationFacts event={event} />
    </section>
  );
}
