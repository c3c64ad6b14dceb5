import type { Event } from "@tsudoi/shared/events.ts";
import { personName } from "@tsudoi/shared/person-name.ts";
import type { Attendee } from "@tsudoi/shared/registration-lists.ts";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { useCounts, usePeople } from "./people-queries.ts";
import "#web/ui/card.css";
import "#web/ui/table.css";

/** Seats that are held for an answer, each with the time that is left for it. */
export function OfferedSeats({ event }: { event: Event }) {
  const { waitlist: t, people: words, counted } = useManageTexts();
  const counts = useCounts(event.id, true).data;
  const list = usePeople({ eventId: event.id, order: "number", status: "offered" });
  const people = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (people.length === 0) return null;
  return (
    <section className="waitlist-part">
      <div>
        <h2>{counted(t.offersTitle, counts?.offered)}</h2>
        <p className="faint">{t.offersLead}</p>
      </div>
      <div className="table-frame card">
        <table className="table offers-table">
          <caption className="visually-hidden">{t.offers}</caption>
          <thead>
            <tr>
              <th scope="col">{words.number}</th>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.department}</th>
              <th scope="col">{t.until}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Row key={person.id} attendee={person} event={event} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ attendee, event }: { attendee: Attendee; event: Event }) {
  const { locale } = useTexts();
  const { waitlist: t } = useManageTexts();
  const { number, person, department, offerExpiresAt = "" } = attendee;
  const end = Date.parse(offerExpiresAt);
  // Looks again each minute: the last of them is told in seconds.
  const next = new Date(Math.ceil(Date.now() / MINUTE) * MINUTE).toISOString();
  const left = Math.round((end - useNow([offerExpiresAt, next]).getTime()) / SECOND);
  return (
    <tr>
      <td className="figure cell-number">{number}</td>
      <th scope="row" className="cell-name">
        <Written text={personName(person)} />
      </th>
      <td className="cell-department">{department && <Localized text={department} />}</td>
      <td className="cell-left">
        <b>{left > 0 ? t.left(left) : t.ended}</b>
        <small className="faint">
          {formatMoment(offerExpiresAt, { timeZone: event.timeZone, locale })}
        </small>
      </td>
    </tr>
  );
}
