import type { ListedOrganizer } from "@tsudoi/shared/event-organizers.ts";
import { EVENT_ROLES, type EventRole } from "@tsudoi/shared/permissions.ts";
import { initials, personName } from "@tsudoi/shared/person-name.ts";
import { useMe } from "#web/auth/use-session.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { Written } from "#web/texts/texts.tsx";
import { Avatar } from "#web/ui/avatar.tsx";
import { Button } from "#web/ui/button.tsx";
import { Select } from "#web/ui/select.tsx";
import "#web/ui/card.css";
import "#web/ui/table.css";

type Props = {
  people: ListedOrganizer[];
  onRole?: (person: ListedOrganizer, role: EventRole) => void;
  onRemove?: (person: ListedOrganizer) => void;
};

export function OrganizersTable({ people, onRole, onRemove }: Props) {
  const { organizers: t, people: words } = useManageTexts();
  return (
    <div className="table-frame card">
      <table className="table organizers-table">
        <caption className="visually-hidden">{t.table}</caption>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{t.role}</th>
            {onRemove && (
              <th scope="col">
                <span className="visually-hidden">{t.remove}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row
              key={person.id}
              person={person}
              {...(onRole && onRemove ? { onRole, onRemove } : {})}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = Omit<Props, "people"> & { person: ListedOrganizer };

function Row({ person, onRole, onRemove }: RowProps) {
  const me = useMe();
  const { organizers: t } = useManageTexts();
  const name = personName(person);
  return (
    <tr>
      <th scope="row" className="cell-organizer">
        <div className="organizer-name">
          <Avatar initials={initials(person, "short")} size="small" />
          <span>
            <Written text={name} />
            {me?.id === person.id && <span className="faint"> ({t.you})</span>}
            <small className="faint">{person.email}</small>
          </span>
        </div>
      </th>
      <td className="cell-role">
        {onRole && !person.isLastOwner ? (
          <Select
            label={<span className="visually-hidden">{t.roleOf(name)}</span>}
            name="role"
            value={person.role}
            onChange={(chosen) => {
              const role = EVENT_ROLES.find((known) => known === chosen);
              if (role) onRole(person, role);
            }}
            options={EVENT_ROLES.map((value) => ({ value, label: t.roles[value] }))}
          />
        ) : (
          <>
            {t.roles[person.role]}
            {onRole && <small className="faint">{t.onlyOwner}</small>}
          </>
        )}
      </td>
      {onRemove && (
        <td className="cell-end">
          {!person.isLastOwner && (
            <Button
              tone="ghost"
              size="small"
              label={t.removeOf(name)}
              onPress={() => onRemove(person)}
            >
              {t.remove}
            </Button>
          )}
        </td>
      )}
    </tr>
  );
}
