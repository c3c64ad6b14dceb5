import { useInfiniteQuery } from "@tanstack/react-query";
import type { Department } from "@tsudoi/shared/departments.ts";
import { MAX_PAGE } from "@tsudoi/shared/paging.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import { useEffect } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";

/** A thousand departments; nobody picks among more in a list. */
const MOST_PAGES = 10;

/** All departments, each after the one it belongs to, read on to the end. */
export function useDepartments(): Department[] | undefined {
  const client = useTRPCClient();
  const queries = useTRPC();
  const asked = { limit: MAX_PAGE };
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = useInfiniteQuery({
    queryKey: queries.departments.list.infiniteQueryKey(asked),
    queryFn: ({ pageParam, signal }) =>
      client.departments.list.query(
        { ...asked, ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 10 * MINUTE,
  });
  const pages = data?.pages ?? [];
  const readsOn = hasNextPage && pages.length < MOST_PAGES && !isFetching && !isError;
  useEffect(() => {
    if (readsOn) void fetchNextPage({ cancelRefetch: false });
  }, [readsOn, fetchNextPage]);
  return data && pages.flatMap((page) => page.items);
}
