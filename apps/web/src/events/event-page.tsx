import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link, useCanGoBack, useRouter } from "@tanstack/react-router";
import type { EventSummary, EventPage as ListPage } from "@tsudoi/shared/events.ts";
import { ChevronLeft } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { useTRPC } from "#web/api.ts";
import { useCan } from "#web/auth/use-rights.ts";
import { part } from "#web/problems/part.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { RefusedPage } from "#web/problems/refused-page.tsx";
import { RegisterPanel } from "#web/registrations/register-panel.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { CoverPicture } from "./cover-picture.tsx";
import { EventAbout } from "./event-about.tsx";
import { EventFacts } from "./event-facts.tsx";
import { EventHead } from "./event-head.tsx";
import { useOneColumn } from "./use-one-column.ts";
import { useSettled } from "./use-settled.ts";
import "#web/problems/page.css";
import "#web/ui/card.css";
import "./event-page.css";

const OrganizerPanel = lazy(async () => ({
  default: (await part(import("#web/organize/organizer-panel.tsx"))).OrganizerPanel,
}));

const OtherDates = lazy(async () => ({
  default: (await part(import("./other-dates.tsx"))).OtherDates,
}));

const route = getRouteApi("/shell/events/$eventId");

export function EventPage() {
  const { eventId } = route.useParams();
  const trpc = useTRPC();
  const found = useQuery(trpc.events.get.queryOptions({ eventId }));
  useSettled(found.data);
  const listed = useListed(eventId);
  const summary = found.data ?? listed;
  const isOneColumn = useOneColumn();
  const canHelp = useCan("events.view-draft", found.data?.myRole);
  if (found.isError && !found.data) {
    return <Missing error={found.error} onRetry={() => void found.refetch()} />;
  }
  const about = found.data ? (
    <EventAbout key="about" event={found.data} />
  ) : (
    <Loading key="about" rows={4} />
  );
  const facts = summary && (
    <EventFacts
      key="facts"
      event={summary}
      details={found.data}
      isJoinedElsewhere={isHolder(summary)}
    />
  );
  const side = (
    <div key="side" className="event-side">
      {found.data && canHelp && (
        <Suspense>
          <OrganizerPanel event={found.data} />
        </Suspense>
      )}
      {found.data ? <RegisterPanel event={found.data} /> : <Loading rows={1} shape="card" />}
    </div>
  );
  return (
    <div className="page event-page">
      <div
        className="cover"
        data-cover={coverOf(eventId)}
        {...(summary?.cover ? { "data-picture": "" } : {})}
      >
        {summary?.cover && <CoverPicture cover={summary.cover} className="cover-picture" />}
        <BackLink />
      </div>
      <div className="event-columns">
        {summary ? <EventHead event={summary} /> : <Loading rows={3} />}
        {inOrder({ event: summary, isOneColumn, parts: { about, side, facts } })}
        {found.data?.seriesId && (
          <Suspense>
            <OtherDates eventId={eventId} seriesId={found.data.seriesId} />
          </Suspense>
        )}
      </div>
    </div>
  );
}

type Order = {
  event: EventSummary | undefined;
  isOneColumn: boolean;
  parts: Record<"about" | "side" | "facts", ReactNode>;
};

/** As they are seen: in one column, when and where come before what it is about. */
function inOrder({ event, isOneColumn, parts: { about, side, facts } }: Order): ReactNode[] {
  if (isToldFirst(event)) return isOneColumn ? [side, facts, about] : [side, about, facts];
  return isOneColumn ? [facts, about, side] : [about, side, facts];
}

/** Who has a place, or no event to come to, reads that before what it is about: by eye, by ear and by Tab. */
function isToldFirst(event: EventSummary | undefined): boolean {
  return event !== undefined && (event.myStatus !== undefined || event.status === "cancelled");
}

/** Their ticket has the way in. */
function isHolder({ myStatus }: EventSummary): boolean {
  return myStatus === "confirmed";
}

function Missing({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { texts } = useTexts();
  const { reason } = toProblem(error);
  // The only thing that was asked with is the address: a wrong one is nobody's field to correct.
  if (reason === "NOT_FOUND" || reason === "VALIDATION") return <RefusedPage reason="NOT_FOUND" />;
  return (
    <div className="lone-page">
      <ProblemNotice isPage error={error} onRetry={onRetry} />
      <LinkButton to="/" tone="quiet">
        {texts.notFound.action}
      </LinkButton>
    </div>
  );
}

/** Back where one came from, filters and scroll included; else to the list. */
function BackLink() {
  const { texts } = useTexts();
  const router = useRouter();
  const canGoBack = useCanGoBack();
  return (
    <Link
      to="/"
      className="back-link"
      onClick={(event) => {
        if (!canGoBack || event.metaKey || event.ctrlKey) return;
        event.preventDefault();
        router.history.back();
      }}
    >
      <ChevronLeft aria-hidden="true" />
      <span>{canGoBack ? texts.shell.back : texts.event.back}</span>
    </Link>
  );
}

function Loading({ rows, shape }: { rows: number; shape?: "card" }) {
  const { texts } = useTexts();
  return <Skeleton label={texts.shell.loading} rows={rows} shape={shape ?? "text"} />;
}

/** What a list already knows of an event is shown at once. */
function useListed(eventId: string): EventSummary | undefined {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  for (const [, data] of queryClient.getQueriesData<{ pages: ListPage[] } | ListPage>({
    queryKey: trpc.events.list.pathKey(),
  })) {
    if (data === undefined) continue;
    const pages = "pages" in data ? data.pages : [data];
    const event = pages.flatMap((page) => page.items).find(({ id }) => id === eventId);
    if (event) return event;
  }
  return undefined;
}

const COVERS = 6;

/** One of the covers, always the same for an event. */
function coverOf(eventId: string): number {
  let sum = 0;
  for (const character of eventId) sum = (sum * 31 + character.charCodeAt(0)) % 997;
  return sum % COVERS;
}
