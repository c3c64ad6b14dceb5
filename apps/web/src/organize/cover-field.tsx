import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { useState } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { Notice } from "#web/ui/notice.tsx";
import { ChosenCover } from "./chosen-cover.tsx";
import { type Fitted, fitPicture } from "./fit-picture.ts";
import { RefusedCover, refusedAs } from "./refused-cover.tsx";
import { SeriesChoice } from "./series-choice.tsx";
import { ShownCover } from "./shown-cover.tsx";
import { useRemoveCover, useSetCover } from "./use-cover.ts";
import "./cover-field.css";

type Props = { event: Pick<Event, "id" | "cover" | "seriesId"> };

/** An event's picture: chosen or dropped, seen as it will be cut, and sent. */
export function CoverField({ event }: Props) {
  const { covers: t } = useManageTexts();
  const [chosen, setChosen] = useState<Fitted>();
  const [isReading, setReading] = useState(false);
  const [apply, setApply] = useState<SeriesPart>("this");
  const [said, say] = useState<string>();
  const [isBack, setBack] = useState(false);
  const set = useSetCover(event.id);
  const remove = useRemoveCover(event.id);
  const picture = chosen && "picture" in chosen ? chosen.picture : undefined;
  const problem = chosen && "problem" in chosen ? chosen.problem : refusedAs(set.error);

  async function choose(file: Blob | undefined): Promise<void> {
    if (file === undefined || set.isPending) return;
    say(undefined);
    set.reset();
    remove.reset();
    setReading(true);
    setChosen(await fitPicture(file));
    setReading(false);
  }
  function finish(words?: string): void {
    setChosen(undefined);
    setApply("this");
    setBack(words === undefined);
    say(words);
  }
  function send(): void {
    if (picture) set.mutate({ picture, apply }, { onSuccess: () => finish(t.set) });
  }
  function giveUp(): void {
    if (set.isPending) set.giveUp();
    else finish();
  }
  return (
    <section className="manage-panel card cover-field">
      <h2>{t.title}</h2>
      {said && <Notice key={said} tone="ok" title={said} live focus />}
      {problem && <RefusedCover problem={problem} />}
      {set.isError && !problem && <ProblemNotice error={set.error} onRetry={send} />}
      {remove.isError && (
        <ProblemNotice error={remove.error} onRetry={() => remove.mutate(remove.variables)} />
      )}
      {picture ? (
        <ChosenCover
          picture={picture}
          series={event.seriesId && <SeriesChoice value={apply} onChange={setApply} />}
          sent={set.isPending ? set.share : undefined}
          onAccept={send}
          onGiveUp={giveUp}
        />
      ) : (
        <ShownCover
          event={event}
          isReading={isReading}
          isRemoving={remove.isPending}
          isBack={isBack}
          onFile={(file) => void choose(file)}
          onRemove={(part) =>
            remove.mutate(
              { eventId: event.id, apply: part },
              { onSuccess: () => finish(t.removed) },
            )
          }
        />
      )}
    </section>
  );
}
