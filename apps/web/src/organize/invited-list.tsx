import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { MailPlus, Search } from "lucide-react";
import { useState } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Field } from "#web/ui/field.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { AskSeries } from "./ask-series.tsx";
import { useInvitations, useUninvite } from "./invitation-queries.ts";
import { InvitedTable } from "./invited-table.tsx";
import { useEventRights } from "./managed-event.ts";
import { useTyped } from "./use-typed.ts";

/** Who is on the event's list, to search where that is long. */
export function InvitedList({ event }: { event: Event }) {
  const { invitations: t, organizers } = useManageTexts();
  const { edits } = useEventRights(event);
  const [text, setText] = useState("");
  const [typed, type] = useTyped(text, setText);
  const list = useInvitations(event.id, text);
  const { change, removed, undo } = useUninvite(event.id);
  const [asked, ask] = useState<string>();
  const remove = (email: string, apply: SeriesPart) =>
    change.mutate({ email, isInvited: false, apply });
  const isLong = list.hasNextPage || (list.data?.pages.length ?? 0) > 1;
  const isSearched = typed !== "" || text !== "" || list.isPlaceholderData;
  return (
    <>
      {removed && (
        <Notice
          key={removed}
          tone="ok"
          title={t.removed(removed)}
          live
          focus
          actions={
            undo && (
              <Button tone="quiet" size="small" isPending={change.isPending} onPress={undo}>
                {organizers.undo}
              </Button>
            )
          }
        />
      )}
      {change.isError && <ProblemNotice error={change.error} focus />}
      {(isLong || isSearched) && (
        <search>
          <Field label={t.search} name="text" type="search" value={typed} onChange={type} />
        </search>
      )}
      <ListPages
        list={list}
        rows={2}
        shown={t.shown}
        end={t.end}
        empty={<Nobody isSearched={isSearched} />}
      >
        {(invitations) => (
          <InvitedTable
            invitations={invitations}
            {...(edits && {
              onRemove: (email) => (event.seriesId ? ask(email) : remove(email, "this")),
            })}
          />
        )}
      </ListPages>
      {asked && (
        <AskSeries
          title={t.removeOf(asked)}
          yes={organizers.remove}
          onYes={(apply) => {
            ask(undefined);
            remove(asked, apply);
          }}
          onNo={() => ask(undefined)}
        />
      )}
    </>
  );
}

function Nobody({ isSearched }: { isSearched: boolean }) {
  const { invitations: t } = useManageTexts();
  return isSearched ? (
    <EmptyState icon={<Search />} title={t.noneTitle}>
      {t.noneBody}
    </EmptyState>
  ) : (
    <EmptyState icon={<MailPlus />} title={t.emptyTitle}>
      {t.emptyBody}
    </EmptyState>
  );
}
