import type { EventSummary } from "@tsudoi/shared/events.ts";
import { seatsLeft } from "@tsudoi/shared/registrations.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Meter } from "#web/ui/meter.tsx";
import { seatTone } from "./event-state.ts";
import "./seats.css";

type Props = { event: Pick<EventSummary, "capacity" | "seatsTaken">; size?: "large" };

/** Words first, bar second, numbers third; everywhere the same. */
export function Seats({ event, size }: Props) {
  const { texts } = useTexts();
  const left = seatsLeft(event);
  return (
    <div className={size ? `seats ${size}` : "seats"}>
      <p>
        <b>{left === 0 ? texts.events.full : texts.events.seatsLeft(left)}</b>
        <span aria-hidden="true">{texts.events.seatsTaken(event.seatsTaken, event.capacity)}</span>
        <span className="visually-hidden">
          {texts.events.seatsTakenLong(event.seatsTaken, event.capacity)}
        </span>
      </p>
      <Meter share={event.seatsTaken / event.capacity} tone={seatTone(event)} />
    </div>
  );
}
