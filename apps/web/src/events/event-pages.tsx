import { useInfiniteQuery } from "@tanstack/react-query";
import type { EventScope } from "@tsudoi/shared/events.ts";
import type { ReactNode } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { MorePages } from "#web/ui/more-pages.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { EventDays } from "./event-days.tsx";
import { useEventListOptions } from "./event-queries.ts";
import type { EventSearch } from "./event-search.ts";

type Props = { search: EventSearch; scope: EventScope; empty: ReactNode };

/** A list without end: the next page comes by scrolling or by its button. */
export function EventPages({ search, scope, empty }: Props) {
  const { texts } = useTexts();
  const list = useInfiniteQuery(useEventListOptions(search, scope));
  if (list.isPending) return <Skeleton label={texts.shell.loading} rows={5} shape="card" />;
  if (list.isError && !list.data) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  const events = list.data.pages.flatMap((page) => page.items);
  if (events.length === 0) return empty;
  return (
    <>
      <EventDays events={events} />
      {list.isFetchNextPageError && (
        <ProblemNotice error={list.error} onRetry={() => void list.fetchNextPage()} />
      )}
      <MorePages
        more={list.hasNextPage && !list.isFetchNextPageError}
        isPending={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
        texts={{
          more: texts.events.more,
          end: texts.events.end,
          shown: texts.events.shown(events.length),
        }}
      />
    </>
  );
}
