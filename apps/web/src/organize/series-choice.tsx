import { SERIES_PARTS, type SeriesPart } from "@tsudoi/shared/event-series.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { Choice } from "#web/ui/choice.tsx";

type Props = { title?: string; value: SeriesPart; onChange: (part: SeriesPart) => void };

/** To which events of a series a change applies. */
export function SeriesChoice({ title, value, onChange }: Props) {
  const { series: t } = useManageTexts();
  return (
    <Choice
      label={title ?? t.title}
      name="apply"
      value={value}
      onChange={onChange}
      options={SERIES_PARTS.map((part) => ({
        value: part,
        label: t[part],
        ...(part === "all" ? { hint: t.allHint } : {}),
      }))}
    />
  );
}
