import { SERIES_PARTS, type SeriesPart } from "@tsudoi/shared/event-series.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { Select } from "#web/ui/select.tsx";

type Props = {
  title?: string;
  /** What all of them are, where it is not those to come. */
  allHint?: string;
  value: SeriesPart;
  onChange: (part: SeriesPart) => void;
};

/** To which events of a series a change applies. */
export function SeriesChoice({ title, allHint, value, onChange }: Props) {
  const { series: t } = useManageTexts();
  return (
    <Select
      label={title ?? t.title}
      name="apply"
      value={value}
      onChange={(chosen) => onChange(SERIES_PARTS.find((part) => part === chosen) ?? "this")}
      options={SERIES_PARTS.map((part) => ({ value: part, label: t[part] }))}
      {...(value === "all" ? { hint: allHint ?? t.allHint } : {})}
    />
  );
}
