import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { missingTranslations } from "@tsudoi/shared/translations.ts";
import { type ReactNode, useState } from "react";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Tick } from "#web/ui/choice.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { TranslationGate } from "./translation-gate.tsx";
import { RefusedDraft } from "./unfit-draft.tsx";
import type { usePublish } from "./use-publish.ts";
import "./publish-draft.css";

type Props = { event: Event; publish: ReturnType<typeof usePublish>; manage: ReactNode };

/** A missing translation is a choice, made in so many words. */
export function PublishDraft({ event, publish, manage }: Props) {
  const { publishing: t } = useManageTexts();
  const [asks, setAsks] = useState(false);
  const [apply, setApply] = useState<SeriesPart>("this");
  const refused = publish.isError ? toProblem(publish.error) : undefined;
  const isHalf = refused?.reason === "TRANSLATION_MISSING";
  const send = (allowMissingTranslation: boolean) =>
    publish.mutate({ allowMissingTranslation, apply });
  return (
    <section aria-label={t.panel}>
      {refused?.reason === "VALIDATION" && <RefusedDraft event={event} error={publish.error} />}
      {publish.isError && !isHalf && refused?.reason !== "VALIDATION" && (
        <ProblemNotice error={publish.error} onRetry={() => publish.mutate(publish.variables)} />
      )}
      <Notice
        tone="info"
        title={t.draft}
        actions={
          <>
            <Button
              size="small"
              isPending={publish.isPending}
              onPress={() => (missingTranslations(event).length > 0 ? setAsks(true) : send(false))}
            >
              {t.publish}
            </Button>
            {manage}
          </>
        }
      >
        {t.draftNext}
        {event.seriesId && (
          <div className="publish-series">
            <Tick
              type="checkbox"
              name="apply"
              label={t.wholeSeries}
              isOn={apply === "all"}
              onChange={(isOn) => setApply(isOn ? "all" : "this")}
            />
          </div>
        )}
      </Notice>
      <TranslationGate
        event={event}
        isOpen={asks || isHalf}
        refusedId={isHalf ? refused.fields?.eventId : undefined}
        onYes={() => {
          setAsks(false);
          send(true);
        }}
        onNo={() => {
          setAsks(false);
          publish.reset();
        }}
      />
    </section>
  );
}
