import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { Layers } from "lucide-react";
import { useManageTexts } from "#web/texts/manage.ts";
import { SeriesChoice } from "./series-choice.tsx";
import { useSeries } from "./use-series.ts";
import "#web/ui/card.css";
import "./series-scope.css";

type Props = { event: Event; value: SeriesPart; onChange: (part: SeriesPart) => void };

/** Where an event stands in its series, and how far a change of it goes: asked before anything is changed. */
export function SeriesScope({ event, value, onChange }: Props) {
  const { series: t } = useManageTexts();
  const events = useSeries(event) ?? [];
  const place = events.findIndex(({ id }) => id === event.id) + 1;
  return (
    <div className="form-section card">
      <p className="series-scope">
        <Layers aria-hidden="true" />
        {place > 0 && events.length > 1 ? t.place(place, events.length) : t.part}
      </p>
      <SeriesChoice value={value} onChange={onChange} />
    </div>
  );
}
