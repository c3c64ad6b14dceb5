import type { Event } from "@tsudoi/shared/events.ts";
import type { Attendee } from "@tsudoi/shared/registration-lists.ts";
import type { MoveInput } from "@tsudoi/shared/registrations.ts";
import { Armchair, ArrowDownToLine, ArrowUpToLine } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTRPCClient } from "#web/api.ts";
import { personName } from "#web/auth/person-name.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { readerZone } from "#web/time/zoned.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useIntention } from "#web/use-intention.ts";
import { useEventRights, useRefreshPeople } from "./managed-event.ts";
import "#web/ui/card.css";
import "#web/ui/table.css";

const MOVES = ["confirmed", "first", "last"] as const;

const ICONS: Record<MoveInput["to"], ReactNode> = {
  confirmed: <Armchair aria-hidden="true" />,
  first: <ArrowUpToLine aria-hidden="true" />,
  last: <ArrowDownToLine aria-hidden="true" />,
};

/** The queue, with an organiser's exceptions to its order. */
export function QueueTable({ people, event }: { people: Attendee[]; event: Event }) {
  const { waitlist: t, people: words } = useManageTexts();
  const { manages } = useEventRights(event);
  const { move, said } = useMove(event.id);
  return (
    <>
      {said && <Notice key={said.key} tone="ok" title={said.words} live focus />}
      {move.isError && <ProblemNotice error={move.error} instead={{ SOLD_OUT: t.full }} focus />}
      <div className="table-frame card">
        <table className="table queue-table">
          <caption className="visually-hidden">{t.queue}</caption>
          <thead>
            <tr>
              <th scope="col">{t.place}</th>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.department}</th>
              <th scope="col">{words.registeredAt}</th>
              {manages && (
                <th scope="col">
                  <span className="visually-hidden">{t.actions}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <Row key={person.id} attendee={person}>
                {manages && <Moves attendee={person} length={event.waitlistLength} move={move} />}
              </Row>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Row({ attendee, children }: { attendee: Attendee; children: ReactNode }) {
  const { locale } = useTexts();
  const { person, position, department, registeredAt } = attendee;
  return (
    <tr>
      <td className="figure cell-place">{position}</td>
      <th scope="row" className="cell-name">
        <Written text={personName(person)} />
        <small className="faint">{person.email}</small>
      </th>
      <td className="cell-department">{department && <Localized text={department} />}</td>
      <td className="figure cell-when">
        {formatMoment(registeredAt, { timeZone: readerZone(), locale })}
      </td>
      {children && <td className="cell-end">{children}</td>}
    </tr>
  );
}

type Moving = ReturnType<typeof useMove>["move"];

type MovesProps = { attendee: Attendee; length: number; move: Moving };

function Moves({ attendee, length, move }: MovesProps) {
  const { waitlist: t } = useManageTexts();
  const name = personName(attendee.person);
  const words = { confirmed: t.seat, first: t.first, last: t.last };
  const isThere = {
    confirmed: false,
    first: attendee.position === 1,
    last: attendee.position === length,
  };
  return (
    <div className="queue-moves">
      {MOVES.map((to) => (
        <Button
          key={to}
          tone="quiet"
          size="small"
          label={t.forPerson(words[to], name)}
          isOff={isThere[to]}
          isPending={
            move.isPending &&
            move.variables.to === to &&
            move.variables.registrationId === attendee.id
          }
          onPress={() => move.mutate({ registrationId: attendee.id, to, name })}
        >
          {ICONS[to]}
          <span className="queue-move-words">{words[to]}</span>
        </Button>
      ))}
    </div>
  );
}

type Wanted = MoveInput & { name: string };

function useMove(eventId: string) {
  const client = useTRPCClient();
  const { waitlist: t } = useManageTexts();
  const refresh = useRefreshPeople(eventId);
  const [said, say] = useState<{ words: string; key: string }>();
  const move = useIntention({
    send: ({ registrationId, to }: Wanted, options) =>
      client.registrations.move.mutate({ registrationId, to }, options),
    onAnswer: () => void refresh(),
    onRefusal: () => void refresh(),
  });
  function mutate(wanted: Wanted): void {
    say(undefined);
    const words = { confirmed: t.seated, first: t.toFirst, last: t.toLast }[wanted.to];
    move.mutate(wanted, {
      onSuccess: () =>
        say({ words: words(wanted.name), key: `${wanted.registrationId}${wanted.to}` }),
    });
  }
  return { move: { ...move, mutate }, said };
}
