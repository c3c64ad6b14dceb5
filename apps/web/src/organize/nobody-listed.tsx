import { Search, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { useManagedEvent } from "./managed-event.ts";
import { liveCount, useCounts } from "./people-queries.ts";
import { isFiltered, type PeopleSearch } from "./people-search.ts";

/** Why a list of people is empty, and where there are some. */
export function NobodyListed({ search }: { search: PeopleSearch }) {
  const { people: t } = useManageTexts();
  const ended = useEnded();
  if (isFiltered(search)) {
    return (
      <EmptyState
        icon={<Search />}
        title={t.noneTitle}
        action={<ListLink search={{}}>{t.clear}</ListLink>}
      >
        {t.noneBody}
      </EmptyState>
    );
  }
  if (ended === 0) {
    return (
      <EmptyState icon={<Users />} title={t.emptyTitle}>
        {t.emptyBody}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Users />}
      title={t.onlyEndedTitle}
      action={<ListLink search={{ standing: "ended" }}>{t.seeEnded}</ListLink>}
    >
      {t.onlyEndedBody(ended)}
    </EmptyState>
  );
}

function ListLink({ search, children }: { search: PeopleSearch; children: ReactNode }) {
  const params = { eventId: useManagedEvent().id };
  return (
    <LinkButton to="/organize/events/$eventId/people" params={params} search={search} tone="quiet">
      {children}
    </LinkButton>
  );
}

function useEnded(): number {
  const counts = useCounts(useManagedEvent().id, true).data;
  if (counts === undefined) return 0;
  return Object.values(counts).reduce((sum, count) => sum + count, 0) - liveCount(counts);
}
