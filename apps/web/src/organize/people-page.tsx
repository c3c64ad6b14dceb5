import { getRouteApi } from "@tanstack/react-router";
import { isOver } from "@tsudoi/shared/events.ts";
import type { Attendee } from "@tsudoi/shared/registration-lists.ts";
import { useRef, useState } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useFocusAfter } from "#web/registrations/use-focus-after.ts";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { useNow } from "#web/time/use-now.ts";
import { AddPerson } from "./add-person.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { DecideDialog } from "./decide-dialog.tsx";
import { DecidedNotice } from "./decided-notice.tsx";
import { type Decision, decisionsForAll, lacksSeat } from "./decisions.ts";
import { ExportButtons } from "./export-buttons.tsx";
import { useEventRights, useManagedEvent } from "./managed-event.ts";
import { NobodyListed } from "./nobody-listed.tsx";
import { OnlyForLists } from "./only-for-lists.tsx";
import { PeopleFilters } from "./people-filters.tsx";
import { toFilter, usePeople, usePersonElsewhere } from "./people-queries.ts";
import type { PeopleSearch } from "./people-search.ts";
import { PeopleTable } from "./people-table.tsx";
import { PersonPanel } from "./person-panel.tsx";
import { useDecide } from "./use-decide.ts";
import "./people-page.css";

const route = getRouteApi("/shell/organize/events/$eventId/people");

export function PeoplePage() {
  const search = route.useSearch();
  return (
    <OnlyForLists>
      <People search={search} />
    </OnlyForLists>
  );
}

const NOBODY: ReadonlySet<string> = new Set();

/** An event's people: found, looked at one by one, and decided on many at a time. */
function People({ search }: { search: PeopleSearch }) {
  const event = useManagedEvent();
  const t = useManageTexts();
  const { manages } = useEventRights(event);
  const isPast = isOver(event, useNow([event.endsAt]));
  const list = usePeople({ eventId: event.id, order: "number", ...toFilter(search) });
  const people = list.data?.pages.flatMap((page) => page.items) ?? [];
  const [selected, setSelected] = useState(NOBODY);
  const [opened, setOpened] = useState<Attendee>();
  const listed = people.find(({ id }) => id === opened?.id);
  // Who is decided on may leave the list that was asked for.
  const elsewhere = usePersonElsewhere(event.id, listed ? undefined : opened);
  const place = useRef<HTMLElement>(null);
  const goOn = useFocusAfter(place);
  const [asked, setAsked] = useState<Decision>();
  const decisions = useDecide(event.id);
  // Who is no longer in the list is not decided on unseen.
  const chosen = people.filter(({ id }) => selected.has(id));

  async function decide(reason: string): Promise<void> {
    if (asked === undefined) return;
    setAsked(undefined);
    const ids = chosen.map(({ id }) => id);
    const { left } = await decisions.decide({ ids, decision: asked, reason });
    setSelected(new Set(left));
  }
  function select(next: ReadonlySet<string>): void {
    decisions.forget();
    setSelected(next);
  }
  function close(): void {
    // Whose registration was ended beside the list may be in it no more.
    if (opened) goOn(opened.id);
    setOpened(undefined);
  }
  return (
    <div className="people-page">
      <div className="people-tools">
        <PeopleFilters search={search} />
        <div className="manage-actions">
          <ExportButtons eventId={event.id} search={search} />
          {manages && !isPast && <AddPerson event={event} />}
        </div>
      </div>
      {decisions.decided && <DecidedNotice decided={decisions.decided} isSelection />}
      {decisions.error && <ProblemNotice error={decisions.error} focus />}
      <section ref={place} tabIndex={-1} className="people-list" aria-label={t.people.table}>
        <ListPages
          list={list}
          rows={4}
          empty={<NobodyListed search={search} />}
          shown={t.people.shown}
          end={t.people.end}
        >
          {(items) => (
            <PeopleTable
              people={items}
              isStale={list.isPlaceholderData}
              onOpen={setOpened}
              {...(manages ? { selected, onSelect: select } : {})}
            />
          )}
        </ListPages>
      </section>
      {manages && (
        <BulkBar
          selected={chosen.length}
          decisions={decisionsForAll(
            chosen.map(({ status }) => status),
            isPast,
          )}
          lacksSeat={lacksSeat(
            chosen.map(({ status }) => status),
            event,
          )}
          isPending={decisions.isPending}
          onDecide={setAsked}
          onClear={() => select(NOBODY)}
        />
      )}
      <DecideDialog
        decision={asked}
        people={chosen.length}
        isPast={isPast}
        isPending={decisions.isPending}
        onDecide={(reason) => void decide(reason)}
        onClose={() => setAsked(undefined)}
      />
      <PersonPanel person={listed ?? elsewhere ?? opened} event={event} onClose={close} />
    </div>
  );
}
