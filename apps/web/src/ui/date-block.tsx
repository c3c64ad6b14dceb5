import "./date-block.css";

type Props = { month: string; day: string; weekday: string };

/** A leaf of a tear-off calendar; the full date stands elsewhere as text. */
export function DateBlock({ month, day, weekday }: Props) {
  return (
    <div className="date-block" aria-hidden="true">
      <small>{month}</small>
      <b>{day}</b>
      <span>{weekday}</span>
    </div>
  );
}
