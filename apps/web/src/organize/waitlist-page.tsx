import type { Event } from "@tsudoi/shared/events.ts";
import { Hourglass } from "lucide-react";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { useManagedEvent } from "./managed-event.ts";
import { OfferedSeats } from "./offered-seats.tsx";
import { OnlyForLists } from "./only-for-lists.tsx";
import { useCounts, usePeople } from "./people-queries.ts";
import { QueueTable } from "./queue-table.tsx";
import "./people-page.css";
import "./waitlist-page.css";

export function WaitlistPage() {
  const event = useManagedEvent();
  return (
    <OnlyForLists>
      <div className="waitlist-page">
        {event.waitlistMode === "offer" && <OfferedSeats event={event} />}
        <Queue event={event} />
      </div>
    </OnlyForLists>
  );
}

/** Who waits, in the order in which seats go to them. */
function Queue({ event }: { event: Event }) {
  const { waitlist: t, counted } = useManageTexts();
  const counts = useCounts(event.id, true).data;
  const list = usePeople({ eventId: event.id, order: "queue" });
  return (
    <section className="waitlist-part">
      <div>
        <h2>{counted(t.queueTitle, counts?.waitlisted)}</h2>
        <p className="faint">{t.queueLead}</p>
      </div>
      <ListPages list={list} rows={3} empty={<Empty event={event} />} shown={t.shown} end={t.end}>
        {(people) => <QueueTable people={people} event={event} isWhole={!list.hasNextPage} />}
      </ListPages>
    </section>
  );
}

function Empty({ event }: { event: Event }) {
  const { waitlist: t } = useManageTexts();
  const isOff = event.waitlistMode === "none";
  return (
    <EmptyState icon={<Hourglass />} title={isOff ? t.offTitle : t.emptyTitle}>
      {isOff ? t.offBody : t.emptyBody}
    </EmptyState>
  );
}
