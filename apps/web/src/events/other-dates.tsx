import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import { useTRPC } from "#web/api.ts";
import { StatusChip } from "#web/registrations/status-chip.tsx";
import { useAttendTexts } from "#web/texts/attend.ts";
import { datedTimes } from "#web/time/format.ts";
import { BookingChip } from "./event-chips.tsx";
import { awaitsDraw } from "./event-state.ts";
import "./other-dates.css";

/** The next ones, with this one among them; who wants to plan further has the list. */
const MOST = 8;

/** When else one can come: the events of a series that are open to the reader and still to come. */
export function OtherDates({ eventId, seriesId }: { eventId: string; seriesId: string }) {
  const { locale, texts } = useAttendTexts();
  const id = useId();
  const trpc = useTRPC();
  const found = useQuery(trpc.events.list.queryOptions({ seriesId, limit: MOST }));
  const others = found.data?.items.filter((event) => event.id !== eventId) ?? [];
  if (others.length === 0) return null;
  return (
    <section className="other-dates" aria-labelledby={id}>
      <h2 id={id}>{texts.attend.otherDates}</h2>
      <ul>
        {others.map((event) => (
          <li key={event.id}>
            <Link to="/events/$eventId" params={{ eventId: event.id }} className="text-link">
              {datedTimes(event, locale).own}
            </Link>
            {event.myStatus && (
              <StatusChip status={event.myStatus} awaitsDraw={awaitsDraw(event)} />
            )}
            <BookingChip event={event} />
          </li>
        ))}
      </ul>
    </section>
  );
}
