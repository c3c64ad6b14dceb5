import { type Event, isOver } from "@tsudoi/shared/events.ts";
import { personName } from "@tsudoi/shared/person-name.ts";
import type { Attendee } from "@tsudoi/shared/registration-lists.ts";
import { seatsLeft } from "@tsudoi/shared/registrations.ts";
import { Armchair, ArrowDownToLine, ArrowUpToLine } from "lucide-react";
import { type ReactNode, useId } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { readerZone } from "#web/time/zoned.ts";
import { Button } from "#web/ui/button.tsx";
import { Chip } from "#web/ui/chip.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useEventRights } from "./managed-event.ts";
import { useMove, type Wanted } from "./use-move.ts";
import "#web/ui/card.css";
import "#web/ui/table.css";

const MOVES = ["confirmed", "first", "last"] as const;

const ICONS: Record<(typeof MOVES)[number], ReactNode> = {
  confirmed: <Armchair aria-hidden="true" />,
  first: <ArrowUpToLine aria-hidden="true" />,
  last: <ArrowDownToLine aria-hidden="true" />,
};

type Props = {
  people: Attendee[];
  event: Event;
  /** Whether the last of them is the last of all. */
  isWhole: boolean;
};

/** The queue, with an organiser's exceptions to its order. */
export function QueueTable({ people, event, isWhole }: Props) {
  const { waitlist: t, people: words } = useManageTexts();
  const rights = useEventRights(event);
  const isPast = isOver(event, useNow([event.endsAt]));
  const manages = rights.manages && !isPast;
  const move = useMove(event.id);
  const why = useId();
  const isFull = seatsLeft(event) === 0;
  return (
    <>
      {manages && isFull && (
        <p id={why} className="faint">
          {t.noSeat}
        </p>
      )}
      <Moved move={move} />
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
            {people.map((person, index) => (
              <Row key={person.id} attendee={person}>
                {manages && (
                  <Moves
                    attendee={person}
                    isFirst={index === 0}
                    isLast={isWhole && index === people.length - 1}
                    noSeat={isFull ? why : undefined}
                    move={move}
                  />
                )}
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
  const { waitlist: t } = useManageTexts();
  const { person, position, department, registeredAt } = attendee;
  return (
    <tr>
      <td className="figure cell-place">{position ?? "–"}</td>
      <th scope="row" className="cell-name">
        <Written text={personName(person)} />
        <small className="faint">{person.email}</small>
        {position === undefined && <Chip tone="neutral">{t.passedBy}</Chip>}
      </th>
      <td className="cell-department">{department && <Localized text={department} />}</td>
      <td className="figure cell-when">
        {formatMoment(registeredAt, { timeZone: readerZone(), locale })}
      </td>
      {children && <td className="cell-end">{children}</td>}
    </tr>
  );
}

type Moving = ReturnType<typeof useMove>;

/** What the last press did, with the way back; it stays in sight, as the row that was moved may not. */
function Moved({ move }: { move: Moving }) {
  const { waitlist: t } = useManageTexts();
  const { done, variables, isError } = move;
  const instead = { SOLD_OUT: t.full, ...(variables?.to === "back" && { STATE_CONFLICT: t.gone }) };
  return (
    <div className="queue-moved">
      {done && (
        <Notice
          key={`${variables?.registrationId}${variables?.to}`}
          tone="ok"
          title={done.words}
          live
          focus
          actions={done.back && <Undo back={done.back} move={move} />}
        />
      )}
      {isError && <ProblemNotice error={move.error} instead={instead} focus />}
    </div>
  );
}

function Undo({ back, move }: { back: Wanted; move: Moving }) {
  const { waitlist: t } = useManageTexts();
  return (
    <Button tone="quiet" size="small" onPress={() => move.start(back)}>
      {t.undo}
    </Button>
  );
}

type MovesProps = {
  attendee: Attendee;
  isFirst: boolean;
  isLast: boolean;
  /** Where it is told that no seat can be given. */
  noSeat: string | undefined;
  move: Moving;
};

function Moves({ attendee, isFirst, isLast, noSeat, move }: MovesProps) {
  const { waitlist: t } = useManageTexts();
  const name = personName(attendee.person);
  const words = { confirmed: t.seat, first: t.first, last: t.last };
  const isOff = { confirmed: noSeat !== undefined, first: isFirst, last: isLast };
  return (
    <div className="queue-moves">
      {MOVES.map((to) => (
        <Button
          key={to}
          tone="quiet"
          size="small"
          label={t.forPerson(words[to], name)}
          isOff={isOff[to]}
          describedBy={to === "confirmed" ? noSeat : undefined}
          isPending={
            move.isPending &&
            move.variables.to === to &&
            move.variables.registrationId === attendee.id
          }
          onPress={() => move.start({ registrationId: attendee.id, to, name })}
        >
          {ICONS[to]}
          <span className="queue-move-words">{words[to]}</span>
        </Button>
      ))}
    </div>
  );
}
