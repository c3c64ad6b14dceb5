import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import { useState } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { SeriesChoice } from "./series-choice.tsx";

type Props = {
  title: string;
  yes: string;
  /** What all of them are, where it is not those to come. */
  allHint?: string;
  onYes: (apply: SeriesPart) => void;
  onNo: () => void;
};

/** Asks to which events of its series a change applies that one press would make of an event alone. */
export function AskSeries({ title, yes, allHint, onYes, onNo }: Props) {
  const { bulk } = useManageTexts();
  const [apply, setApply] = useState<SeriesPart>("this");
  return (
    <Dialog isOpen title={title} close={bulk.no} onClose={onNo}>
      <SeriesChoice value={apply} onChange={setApply} {...(allHint && { allHint })} />
      <div className="confirm-actions">
        <Button tone="quiet" onPress={onNo} autoFocus>
          {bulk.no}
        </Button>
        <Button onPress={() => onYes(apply)}>{yes}</Button>
      </div>
    </Dialog>
  );
}
