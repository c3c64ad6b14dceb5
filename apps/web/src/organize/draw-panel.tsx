import type { Event } from "@tsudoi/shared/events.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Fact } from "./manage-fact.tsx";
import { useEventRights } from "./managed-event.ts";
import { useEventVerb } from "./use-event-verb.ts";

/** When seats are drawn, and what anybody needs to draw them again. */
export function DrawPanel({ event }: { event: Event }) {
  const { locale } = useTexts();
  const { draw: t, goesOn } = useManageTexts();
  const { edits } = useEventRights(event);
  const { drawAt, drawnAt, drawHash, drawSeed, timeZone } = event;
  const draw = useEventVerb(event.id, (client, input: { eventId: string }, options) =>
    client.events.draw.mutate(input, options),
  );
  const now = useNow(drawAt ? [drawAt] : []);
  const at = (instant: string) => formatMoment(instant, { timeZone, locale });
  const isOn = event.status === "published" || event.status === "closed";
  const isDue = isOn && drawAt !== null && drawnAt === null && new Date(drawAt) <= now;
  return (
    <section className="manage-panel card">
      <h2>{t.title}</h2>
      {draw.isSuccess && <Notice tone="ok" title={drawnAt ? t.held : t.begun} live focus />}
      {draw.isError && (
        <ProblemNotice error={draw.error} onRetry={() => draw.mutate(draw.variables)} />
      )}
      {drawnAt ? (
        <p>
          {goesOn(t.drawn(at(drawnAt)))}
          {t.drawnNext}
        </p>
      ) : (
        drawAt && <p>{isDue ? t.due : t.waits(at(drawAt))}</p>
      )}
      {isDue && edits && (
        <div className="manage-actions">
          <Button
            size="small"
            isPending={draw.isPending}
            onPress={() => draw.mutate({ eventId: event.id })}
          >
            {t.now}
          </Button>
        </div>
      )}
      {(drawHash || drawSeed) && (
        <dl className="manage-facts">
          {drawHash && (
            <Fact term={t.hash}>
              <code className="proof">{drawHash}</code>
            </Fact>
          )}
          {drawSeed && (
            <Fact term={t.seed}>
              <code className="proof">{drawSeed}</code>
            </Fact>
          )}
        </dl>
      )}
      <p className="faint">{t.proof}</p>
      {drawnAt && (
        <div className="manage-actions">
          <LinkButton
            to="/events/$eventId/draw"
            params={{ eventId: event.id }}
            tone="quiet"
            size="small"
          >
            {t.order}
          </LinkButton>
        </div>
      )}
    </section>
  );
}
