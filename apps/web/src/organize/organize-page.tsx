import { getRouteApi } from "@tanstack/react-router";
import { EVENT_STATUSES } from "@tsudoi/shared/events.ts";
import { PenLine, Plus } from "lucide-react";
import { OnlyWith } from "#web/auth/only-with.tsx";
import { EventPages } from "#web/events/event-pages.tsx";
import type { EventSearch } from "#web/events/event-search.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Pill, Pills } from "#web/ui/pills.tsx";
import "#web/events/event-filters.css";

const route = getRouteApi("/shell/organize");

export function OrganizePage() {
  return (
    <OnlyWith right="events.create">
      <Organized />
    </OnlyWith>
  );
}

function Organized() {
  const { texts } = useTexts();
  const { organize: t } = useManageTexts();
  const { status, when } = route.useSearch();
  const create = (
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
          <p className="muted">{t.lead}</p>
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
        empty={
          <EmptyState icon={<PenLine />} title={t.emptyTitle} action={create}>
            {t.emptyBody}
          </EmptyState>
        }
      />
    </div>
  );
}

/** A filter that is on when the address says exactly this. */
function exactly(search: EventSearch) {
  return { search, activeOptions: { exact: true } };
}
