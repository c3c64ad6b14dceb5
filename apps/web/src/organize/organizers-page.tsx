import type { Organizer } from "@tsudoi/shared/event-organizers.ts";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import { EVENT_ROLES, type EventRole } from "@tsudoi/shared/permissions.ts";
import { personName } from "@tsudoi/shared/person-name.ts";
import { useState } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { AddOrganizer } from "./add-organizer.tsx";
import { AskSeries } from "./ask-series.tsx";
import { useEventRights, useManagedEvent } from "./managed-event.ts";
import { useChangeRoles, useOrganizers } from "./organizer-queries.ts";
import { OrganizersTable } from "./organizers-table.tsx";
import "./people-page.css";
import "./organizers-page.css";

type Asked = { person: Organizer; role: EventRole | undefined };

/** Who helps with the event, and for its owners who may do what. */
export function OrganizersPage() {
  const event = useManagedEvent();
  const { organizers: t } = useManageTexts();
  const { appoints } = useEventRights(event);
  const list = useOrganizers(event.id);
  const change = useChangeRoles(event.id);
  const [asked, ask] = useState<Asked>();
  const [added, tellAdded] = useState<string>();
  // Two notices of one person could say two things: the last one stands.
  function make({ person, role }: Asked, apply: SeriesPart): void {
    tellAdded(undefined);
    change.make({ person, role, apply });
  }
  function tell(words: string | undefined): void {
    change.forget();
    tellAdded(words);
  }
  const wish = (wanted: Asked) => (event.seriesId ? ask(wanted) : make(wanted, "this"));
  return (
    <div className="organizers-page">
      <div className="organizers-main">
        <p className="muted">{t.lead}</p>
        {change.done && (
          <Notice
            key={change.done.words}
            tone="ok"
            title={change.done.words}
            live
            focus
            actions={
              change.undo && (
                <Button
                  tone="quiet"
                  size="small"
                  isPending={change.isPending}
                  onPress={change.undo}
                >
                  {t.undo}
                </Button>
              )
            }
          />
        )}
        {change.error && (
          <ProblemNotice error={change.error} instead={{ STATE_CONFLICT: t.last }} focus />
        )}
        <ListPages list={list} rows={2} empty={null} shown={t.shown} end={t.end}>
          {(people) => (
            <OrganizersTable
              people={people}
              {...(appoints
                ? {
                    onRole: (person, role) => wish({ person, role }),
                    onRemove: (person) => wish({ person, role: undefined }),
                  }
                : {})}
            />
          )}
        </ListPages>
        {appoints && <AddOrganizer key={event.id} event={event} told={added} onTell={tell} />}
        {asked && (
          <AskSeries
            title={
              asked.role === undefined
                ? t.removeOf(personName(asked.person))
                : t.makeRole(personName(asked.person), t.roles[asked.role])
            }
            yes={asked.role === undefined ? t.remove : t.makeIt}
            allHint={t.allHint}
            onYes={(apply) => {
              ask(undefined);
              make(asked, apply);
            }}
            onNo={() => ask(undefined)}
          />
        )}
      </div>
      <Roles />
    </div>
  );
}

/** What each role may do, in a sentence. */
function Roles() {
  const { organizers: t } = useManageTexts();
  return (
    <section className="manage-panel card">
      <h2>{t.role}</h2>
      <dl className="role-facts">
        {EVENT_ROLES.map((role) => (
          <div key={role}>
            <dt>{t.roles[role]}</dt>
            <dd className="muted">{t.means[role]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
