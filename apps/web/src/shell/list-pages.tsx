import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { MorePages } from "#web/ui/more-pages.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";

type Props<Item> = {
  list: UseInfiniteQueryResult<InfiniteData<{ items: Item[] }>>;
  /** How many rows are drawn while the first page is on its way. */
  rows: number;
  empty: ReactNode;
  shown: (count: number) => string;
  /** What stands at the end of it, where it is not a list of events. */
  end?: string;
  children: (items: Item[]) => ReactNode;
};

/** A list without end: the next page comes by scrolling or by its button. */
export function ListPages<Item>({ list, rows, empty, shown, end, children }: Props<Item>) {
  const { texts } = useTexts();
  if (list.isPending) return <Skeleton label={texts.shell.loading} rows={rows} shape="card" />;
  if (list.isError && !list.data) {
    return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />;
  }
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <>
      {children(items)}
      {list.isFetchNextPageError && (
        <ProblemNotice error={list.error} onRetry={() => void list.fetchNextPage()} />
      )}
      <MorePages
        more={list.hasNextPage && !list.isFetchNextPageError}
        isPending={list.isFetchingNextPage}
        onMore={() => void list.fetchNextPage()}
        texts={{
          more: texts.events.more,
          end: end ?? texts.events.end,
          shown: shown(items.length),
        }}
      />
    </>
  );
}
