import { useQuery } from "@tanstack/react-query";
import { CalendarCheck } from "lucide-react";
import { useTRPC } from "#web/api.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { buttonClass } from "#web/ui/button.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { CalendarAddress } from "./calendar-address.tsx";
import { NewAddress } from "./new-address.tsx";
import "#web/ui/card.css";
import "./calendar-card.css";

/** One's events in one's own calendar: subscribed to once, at an address that can be changed. */
export function CalendarCard() {
  const { texts } = useTexts();
  const t = texts.calendars;
  const feed = useQuery(useTRPC().calendars.get.queryOptions());
  return (
    <section className="calendar-card card" aria-labelledby="calendar-title">
      <div className="calendar-lead">
        <h2 id="calendar-title">
          <CalendarCheck aria-hidden="true" />
          {t.title}
        </h2>
        <p className="muted">{t.lead}</p>
        {feed.data && (
          <a
            className={buttonClass({ tone: "quiet" })}
            href={feed.data.url.replace(/^https?:/, "webcal:")}
          >
            <span className="button-label">{t.subscribe}</span>
          </a>
        )}
      </div>
      {feed.data ? (
        <div className="calendar-details">
          <CalendarAddress url={feed.data.url} />
          <NewAddress />
        </div>
      ) : (
        <Pending error={feed.error} onRetry={() => void feed.refetch()} />
      )}
    </section>
  );
}

function Pending({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { texts } = useTexts();
  if (error !== null) return <ProblemNotice error={error} onRetry={onRetry} />;
  return <Skeleton label={texts.shell.loading} rows={3} shape="text" />;
}
