import type { Event } from "@tsudoi/shared/events.ts";
import { Dices } from "lucide-react";
import { useAttendTexts } from "#web/texts/attend.ts";
import { formatMoment } from "#web/time/format.ts";
import { LinkButton } from "#web/ui/link-button.tsx";
import "#web/ui/card.css";
import "./draw-facts.css";

/** When seats are drawn, among how many people, and what the draw is bound to beforehand. */
export function DrawFacts({ event }: { event: Event }) {
  const { locale, texts } = useAttendTexts();
  const t = texts.attend.lottery;
  const { drawAt, drawnAt, entrants, drawHash, timeZone } = event;
  const moment = drawnAt ?? drawAt;
  return (
    <section className="draw-facts card" aria-labelledby="draw-facts-title">
      <h2 id="draw-facts-title">
        <Dices aria-hidden="true" />
        {t.title}
      </h2>
      <dl>
        {moment !== null && (
          <div className="wide">
            <dt>{drawnAt === null ? t.date : t.held}</dt>
            <dd>{formatMoment(moment, { timeZone, locale })}</dd>
          </div>
        )}
        <div>
          <dt>{t.entrants}</dt>
          <dd className="figure">{t.people(entrants ?? 0)}</dd>
        </div>
        {drawHash !== null && (
          <div className="wide">
            <dt>{t.hash}</dt>
            <dd>
              <code>{drawHash}</code>
            </dd>
          </div>
        )}
      </dl>
      <LinkButton
        tone="quiet"
        size="small"
        wide
        to="/events/$eventId/draw"
        params={{ eventId: event.id }}
      >
        {drawnAt === null ? t.how : t.check}
      </LinkButton>
    </section>
  );
}
