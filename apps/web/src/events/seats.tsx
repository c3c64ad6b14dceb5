import type { EventSummary } from "@tsudoi/shared/events.ts";
import { seatsLeft } from "@tsudoi/shared/registrations.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { useNow } from "#web/time/use-now.ts";
import { Meter } from "#web/ui/meter.tsx";
import { awaitsDraw, endedState, seatTone } from "./event-state.ts";
import { useLiveSeats } from "./use-live-seats.ts";
import "./seats.css";

type Props = { event: EventSummary; size?: "large" };

/** Words first, bar second, numbers third; everywhere the same. Free seats count while they can be booked. */
export function Seats({ event, size }: Props) {
  const { texts } = useTexts();
  const left = seatsLeft(event);
  const free = left === 0 ? texts.events.full : texts.events.seatsLeft(left);
  const ended = endedState(event, useNow([event.registrationClosesAt, event.endsAt]));
  const isLive = event.status !== "draft" && ended !== "over";
  const place = useLiveSeats<HTMLDivElement>(isLive ? event.id : undefined);
  if (awaitsDraw(event) && !ended) {
    return (
      <div ref={place} className={size ? `seats ${size}` : "seats"}>
        <p>
          <b>{texts.events.lotterySeats(event.capacity)}</b>
        </p>
      </div>
    );
  }
  return (
    <div ref={place} className={size ? `seats ${size}` : "seats"}>
      <p>
        <b>{ended ? texts.events[ended] : free}</b>
        <span aria-hidden="true">{texts.events.seatsTaken(event.seatsTaken, event.capacity)}</span>
        <span className="visually-hidden">
          {texts.events.seatsTakenLong(event.seatsTaken, event.capacity)}
        </span>
      </p>
      <Meter share={event.seatsTaken / event.capacity} tone={seatTone(event, ended)} />
    </div>
  );
}
