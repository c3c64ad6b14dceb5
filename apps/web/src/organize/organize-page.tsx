import { getRouteApi, Link } from "@tanstack/react-router";
import { EVENT_STATUSES } from "@tsudoi/shared/events.ts";
import { PenLine, Plus } from "lucide-react";
import { EventPages } from "#web/events/event-pages.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import "#web/events/event-filters.css";

const route = getRouteApi("/shell/organize");

export function OrganizePage() {
  const { texts } = useTexts();
  const t = texts.organize;
  const { status } = route.useSearch();
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
        <div className="pills" role="group" aria-label={t.status}>
          {[undefined, ...EVENT_STATUSES].map((known) => (
            <Link
              key={known ?? "all"}
              to="/organize"
              search={known ? { status: known } : {}}
              className="pill"
              aria-current={known === status ? "true" : undefined}
            >
              {t[known ?? "all"]}
            </Link>
          ))}
        </div>
      </div>
      <EventPages
        search={status ? { status } : {}}
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
