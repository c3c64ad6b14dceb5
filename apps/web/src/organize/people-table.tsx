import { personName } from "@tsudoi/shared/person-name.ts";
import type { Attendee } from "@tsudoi/shared/registration-lists.ts";
import { useEffect, useRef } from "react";
import { awaitsDraw } from "#web/events/event-state.ts";
import { StatusChip } from "#web/registrations/status-chip.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Localized, useTexts, Written } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { readerZone } from "#web/time/zoned.ts";
import { useManagedEvent } from "./managed-event.ts";
import "#web/ui/card.css";
import "#web/ui/table.css";

type Selecting = { selected: ReadonlySet<string>; onSelect: (next: ReadonlySet<string>) => void };

type Props = Partial<Selecting> & {
  people: Attendee[];
  /** Shown while others are looked for. */
  isStale: boolean;
  onOpen: (person: Attendee) => void;
};

/** Rows on wide screens, cards on phones; the same table to who has it read. */
export function PeopleTable({ people, isStale, onOpen, selected, onSelect }: Props) {
  const { people: t } = useManageTexts();
  return (
    <div className="table-frame card" aria-busy={isStale}>
      <table className="table people-table">
        <caption className="visually-hidden">{t.table}</caption>
        <thead>
          <tr>
            {selected && onSelect && (
              <th scope="col" className="cell-tick">
                <SelectAll people={people} selected={selected} onSelect={onSelect} />
              </th>
            )}
            <th scope="col">{t.number}</th>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.department}</th>
            <th scope="col">{t.status}</th>
            <th scope="col">{t.registeredAt}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row
              key={person.id}
              attendee={person}
              onOpen={onOpen}
              {...(selected && onSelect ? { selected, onSelect } : {})}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = Partial<Selecting> & { attendee: Attendee; onOpen: (person: Attendee) => void };

function Row({ attendee, onOpen, selected, onSelect }: RowProps) {
  const { locale } = useTexts();
  const { people: t } = useManageTexts();
  const event = useManagedEvent();
  const { id, number, person, department, status, position, registeredAt } = attendee;
  const name = personName(person);
  const isOn = selected?.has(id) ?? false;
  return (
    <tr data-selected={isOn || undefined}>
      {selected && onSelect && (
        <td className="cell-tick">
          <label className="tick-box">
            <input
              type="checkbox"
              aria-label={t.select(name)}
              checked={isOn}
              onChange={() => onSelect(toggled(selected, id))}
            />
          </label>
        </td>
      )}
      <td className="figure cell-number">{number}</td>
      <th scope="row" className="cell-name">
        <button
          type="button"
          className="cell-button"
          aria-label={t.open(name)}
          onClick={() => onOpen(attendee)}
        >
          <Written text={name} />
        </button>
        <small className="faint">{person.email}</small>
      </th>
      <td className="cell-department">{department && <Localized text={department} />}</td>
      <td className="cell-status">
        <StatusChip status={status} position={position} awaitsDraw={awaitsDraw(event)} />
      </td>
      <td className="figure cell-when">
        {formatMoment(registeredAt, { timeZone: readerZone(), locale })}
      </td>
    </tr>
  );
}

function SelectAll({ people, selected, onSelect }: Selecting & { people: Attendee[] }) {
  const { people: t } = useManageTexts();
  const box = useRef<HTMLInputElement>(null);
  const count = people.filter(({ id }) => selected.has(id)).length;
  const isAll = count === people.length;
  useEffect(() => {
    if (box.current) box.current.indeterminate = count > 0 && !isAll;
  });
  return (
    <label className="tick-box">
      <input
        ref={box}
        type="checkbox"
        checked={isAll}
        onChange={() => onSelect(new Set(isAll ? [] : people.map(({ id }) => id)))}
      />
      <span className="select-all">{t.selectAll}</span>
    </label>
  );
}

function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}
