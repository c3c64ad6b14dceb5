import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { useState } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { CoverChooser, CoverDrop } from "./cover-drop.tsx";
import { SeriesChoice } from "./series-choice.tsx";

type Props = {
  event: Pick<Event, "cover" | "seriesId">;
  isReading: boolean;
  isRemoving: boolean;
  /** Somebody gave up another picture, and goes on from here. */
  isBack: boolean;
  onFile: (file: Blob | undefined) => void;
  onRemove: (apply: SeriesPart) => void;
};

/** The picture as it is: another one can be chosen, or none. Of a series, one says first of how many events. */
export function ShownCover({ event, onRemove, ...props }: Props) {
  const { covers: t } = useManageTexts();
  const [apply, setApply] = useState<SeriesPart>();
  const [keptIt, setKept] = useState(false);
  function keep(): void {
    setApply(undefined);
    setKept(true);
  }
  if (apply !== undefined && event.cover) {
    return (
      <>
        <img className="cover-frame" src={event.cover.url} alt="" />
        <SeriesChoice title={t.removeFrom} value={apply} onChange={setApply} />
        <div className="manage-actions">
          <Button isPending={props.isRemoving} onPress={() => onRemove(apply)} autoFocus>
            {t.remove}
          </Button>
          <Button tone="ghost" onPress={keep}>
            {t.keep}
          </Button>
        </div>
      </>
    );
  }
  return (
    <CoverDrop onFile={props.onFile}>
      {event.cover && <img className="cover-frame" src={event.cover.url} alt="" />}
      <div className="manage-actions">
        <CoverChooser
          label={event.cover ? t.change : t.choose}
          isPending={props.isReading}
          autoFocus={props.isBack}
          onFile={props.onFile}
        />
        {event.cover && (
          <Button
            tone="ghost"
            isPending={props.isRemoving}
            autoFocus={keptIt}
            onPress={() => (event.seriesId ? setApply("this") : onRemove("this"))}
          >
            {t.remove}
          </Button>
        )}
      </div>
    </CoverDrop>
  );
}
