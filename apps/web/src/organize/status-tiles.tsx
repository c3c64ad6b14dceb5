import { Link } from "@tanstack/react-router";
import type { Event } from "@tsudoi/shared/events.ts";
import type { AttendeeCounts } from "@tsudoi/shared/registration-lists.ts";
import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { useStandingWords } from "./standing-words.ts";
import "#web/ui/link-card.css";

const TILES = ["confirmed", "waitlisted", "pending", "offered"] as const;

type Props = { event: Event; counts: AttendeeCounts | undefined };

/** The numbers first; each leads to its people. */
export function StatusTiles({ event, counts }: Props) {
  const t = useManageTexts();
  return (
    <ul className="status-tiles" aria-label={t.tiles.label}>
      {TILES.map((status) => (
        <Tile key={status} event={event} status={status} count={counts?.[status]} />
      ))}
    </ul>
  );
}

type TileProps = { event: Event; status: RegistrationStatus; count: number | undefined };

function Tile({ event, status, count }: TileProps) {
  const { locale } = useTexts();
  const t = useManageTexts();
  const name = useStandingWords()(status);
  const params = { eventId: event.id };
  const number = count === undefined ? "–" : new Intl.NumberFormat(locale).format(count);
  return (
    <li className="status-tile link-card card">
      <h2>
        {status === "waitlisted" ? (
          <Link to="/organize/events/$eventId/waitlist" params={params}>
            {name}
          </Link>
        ) : (
          <Link to="/organize/events/$eventId/people" params={params} search={{ standing: status }}>
            {name}
          </Link>
        )}
      </h2>
      <p>
        <b>{number}</b>
        {status === "confirmed" && <span className="faint">{t.ofCapacity(event.capacity)}</span>}
      </p>
    </li>
  );
}
