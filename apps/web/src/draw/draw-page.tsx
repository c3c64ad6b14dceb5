import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Event } from "@tsudoi/shared/events.ts";
import { ChevronLeft } from "lucide-react";
import { useRef } from "react";
import { useTRPC } from "#web/api.ts";
import { useSettled } from "#web/events/use-settled.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { RefusedPage } from "#web/problems/refused-page.tsx";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Localized } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { Notice } from "#web/ui/notice.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { CopyButton } from "./copy-button.tsx";
import { DrawCheck } from "./draw-check.tsx";
import { DrawOrder } from "./draw-order.tsx";
import "#web/ui/card.css";
import "#web/ui/field.css";
import "./draw-page.css";

const route = getRouteApi("/shell/events/$eventId/draw");

/** What a draw was bound to beforehand, what came out, and the way to do it again. */
export function DrawPage() {
  const { eventId } = route.useParams();
  const { texts } = useAttendTexts();
  const trpc = useTRPC();
  const found = useQuery(trpc.events.get.queryOptions({ eventId }));
  useSettled(found.data);
  if (found.isError && !found.data) {
    const { reason } = toProblem(found.error);
    if (reason === "NOT_FOUND" || reason === "VALIDATION") {
      return <RefusedPage reason="NOT_FOUND" />;
    }
    return <ProblemNotice isPage error={found.error} onRetry={() => void found.refetch()} />;
  }
  return (
    <div className="page draw-page">
      <title>{texts.app.title(texts.attend.draw.title)}</title>
      <header>
        <Link className="text-link back-to-event" to="/events/$eventId" params={{ eventId }}>
          <ChevronLeft aria-hidden="true" />
          {texts.attend.draw.back}
        </Link>
        <h1>{texts.attend.draw.title}</h1>
        {found.data && (
          <p className="draw-event">
            <Localized text={found.data.title} />
          </p>
        )}
        <p className="muted">{texts.attend.draw.lead}</p>
      </header>
      {found.data ? (
        <Draw event={found.data} />
      ) : (
        <Skeleton label={texts.shell.loading} rows={4} shape="card" />
      )}
    </div>
  );
}

function Draw({ event }: { event: Event }) {
  const { locale, texts } = useAttendTexts();
  const t = texts.attend.draw;
  const { drawAt, drawnAt, drawHash, drawSeed, timeZone } = event;
  if (event.allocation !== "lottery" || drawHash === null) {
    return (
      <Notice tone="info" title={t.none}>
        {t.noneNext}
      </Notice>
    );
  }
  return (
    <>
      {drawnAt === null && drawAt !== null && (
        <Notice tone="info" title={t.before}>
          {t.beforeNext(formatMoment(drawAt, { timeZone, locale }))}
        </Notice>
      )}
      <Numbers event={event} />
      <section className="card draw-seed">
        <Bytes label={t.hash} value={drawHash} />
        {drawSeed !== null && <Bytes label={t.seed} value={drawSeed} />}
      </section>
      {drawSeed !== null && <DrawCheck event={event} seed={drawSeed} />}
      {drawSeed !== null && <DrawOrder event={event} />}
    </>
  );
}

function Numbers({ event }: { event: Event }) {
  const { locale, texts } = useAttendTexts();
  const t = texts.attend.lottery;
  const { drawAt, drawnAt, entrants, capacity, timeZone, myRegistration: mine } = event;
  const moment = drawnAt ?? drawAt;
  return (
    <dl className="draw-numbers">
      {moment !== null && (
        <div>
          <dt>{drawnAt === null ? t.date : t.held}</dt>
          <dd>{formatMoment(moment, { timeZone, locale })}</dd>
        </div>
      )}
      <div>
        <dt>{t.entrants}</dt>
        <dd>{t.people(entrants ?? 0)}</dd>
      </div>
      <div>
        <dt>{t.seatsLabel}</dt>
        <dd>{t.seatCount(capacity)}</dd>
      </div>
      {mine?.drawRank !== undefined && (
        <div>
          <dt>{t.rank}</dt>
          <dd>{texts.register.position(mine.drawRank)}</dd>
        </div>
      )}
    </dl>
  );
}

function Bytes({ label, value }: { label: string; value: string }) {
  const { draw: t } = useAttendTexts().texts.attend;
  const shown = useRef<HTMLElement>(null);
  return (
    <div className="bytes">
      <p>{label}</p>
      <code ref={shown}>{value}</code>
      <CopyButton text={value} label={t.copy} shown={shown} />
    </div>
  );
}
