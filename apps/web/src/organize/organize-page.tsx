import { getRouteApi } from "@tanstack/react-router";
import { EVENT_STATUSES, type EventSummary } from "@tsudoi/shared/events.ts";
import { PenLine, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useCan } from "#web/auth/use-rights.ts";
import { useMe } from "#web/auth/use-session.ts";
import { EventPages } from "#web/events/event-pages.tsx";
import type { EventSearch } from "#web/events/event-search.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Chip } from "#web/ui/chip.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Pill, Pills } from "#web/ui/pills.tsx";
import "#web/events/event-filters.css";

const route = getRouteApi("/shell/organize");

/** The events one has a part in, whatever it is; all of them for administrators. */
export function OrganizePage() {
  const { texts } = useTexts();
  const { organize: t } = useManageTexts();
  const { status, when } = route.useSearch();
  const seesAll = useMe()?.role === "admin";
  const create = useCan("events.create") && (
    <LinkButton to="/organize/new">
      <Plus aria-hidden="true" />
      {t.create}
    </LinkButton>
  );
  return (
    <div className="page">
      <title>{texts.app.title(t.title)}</title>
      <div className="page-head">
        <div>
          <h1>{t.title}</h1>
          <p className="muted">{seesAll ? t.leadAll : t.lead}</p>
        </div>
        {create}
      </div>
      <div className="filters">
        <Pills look="segments" label={texts.registrations.when}>
          <Pill to="/organize" {...exactly({ status })}>
            {texts.registrations.upcoming}
          </Pill>
          <Pill to="/organize" {...exactly({ status, when: "past" })}>
            {texts.registrations.past}
          </Pill>
        </Pills>
        <Pills label={t.status}>
          {[undefined, ...EVENT_STATUSES].map((known) => (
            <Pill key={known ?? "all"} to="/organize" {...exactly({ when, status: known })}>
              {t[known ?? "all"]}
            </Pill>
          ))}
        </Pills>
      </div>
      <EventPages
        search={{ status, when: when ?? "upcoming" }}
        scope="organizing"
        chip={(event) => <RoleChip event={event} />}
        empty={<Nothing isFiltered={status !== undefined || when !== undefined} create={create} />}
      />
    </div>
  );
}

function RoleChip({ event: { myRole } }: { event: EventSummary }) {
  const { organizers: t } = useManageTexts();
  return myRole && <Chip tone="indigo">{t.roles[myRole]}</Chip>;
}

type NothingProps = { isFiltered: boolean; create: ReactNode };

/** Who has a part in an event is not told that they have none: it is elsewhere in the list. */
function Nothing({ isFiltered, create }: NothingProps) {
  const { organize: t } = useManageTexts();
  const me = useMe();
  const isElsewhere = isFiltered || me?.organizes || me?.role === "admin";
  const body = create ? t.emptyBody : t.emptyHelper;
  return (
    <EmptyState icon={<PenLine />} title={isElsewhere ? t.noneTitle : t.emptyTitle} action={create}>
      {isElsewhere ? t.noneBody : body}
    </EmptyState>
  );
}

/** A filter that is on when the address says exactly this. */
function exactly(search: EventSearch) {
  return { search, activeOptions: { exact: true } };
}
