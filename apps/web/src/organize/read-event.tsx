import { useQuery } from "@tanstack/react-query";
import type { Event } from "@tsudoi/shared/events.ts";
import type { ReactNode } from "react";
import { useTRPC } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { RefusedPage } from "#web/problems/refused-page.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import "#web/problems/page.css";

type Props = { eventId: string; rows: number; children: (event: Event) => ReactNode };

/** A page about one event, once it is read: rows in its place before, and what is wrong where it cannot be. */
export function ReadEvent({ eventId, rows, children }: Props) {
  const { texts } = useTexts();
  const trpc = useTRPC();
  const found = useQuery(trpc.events.get.queryOptions({ eventId }));
  if (found.data) return children(found.data);
  if (found.isError) {
    const { reason } = toProblem(found.error);
    // The only thing that was asked with is the address: a wrong one is nobody's field to correct.
    if (reason === "NOT_FOUND" || reason === "VALIDATION")
      return <RefusedPage reason="NOT_FOUND" />;
    return (
      <div className="lone-page">
        <ProblemNotice isPage error={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  }
  return (
    <div className="page">
      <Skeleton label={texts.shell.loading} rows={rows} />
    </div>
  );
}
