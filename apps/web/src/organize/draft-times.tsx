import { isOver } from "@tsudoi/shared/events.ts";
import { useId } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { readersTimes } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";
import { Field } from "#web/ui/field.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { Select } from "#web/ui/select.tsx";
import { timesOf } from "./event-draft.ts";
import type { SectionProps } from "./event-form.tsx";
import { useTimeZones } from "./time-zones.ts";
import "#web/ui/card.css";

/** When it is, on the clocks of its zone. */
export function TimeSection({ draft, change, problemAt }: SectionProps) {
  const { locale, texts } = useTexts();
  const { organize: t, goesOn } = useManageTexts();
  const id = useId();
  const zones = useTimeZones(draft.timeZone);
  const { startsAt, endsAt } = timesOf(draft);
  const last = endsAt || startsAt;
  const { timeZone } = draft;
  const readers =
    startsAt && endsAt ? readersTimes({ startsAt, endsAt, timeZone }, locale) : undefined;
  const isPast = isOver({ endsAt: last }, useNow([last]));
  return (
    <section className="form-section card" aria-labelledby={id}>
      <h2 id={id}>{t.sectionTime}</h2>
      <div className="field-row times">
        <Field
          label={t.date}
          name="date"
          type="date"
          value={draft.date}
          onChange={(date) => change({ date })}
          error={problemAt("date")}
        />
        <Field
          label={t.from}
          name="from"
          type="time"
          value={draft.from}
          onChange={(from) => change({ from })}
          error={problemAt("from")}
        />
        <Field
          label={t.endDate}
          name="endDate"
          type="date"
          value={draft.endDate || draft.date}
          onChange={(endDate) => change({ endDate: endDate === draft.date ? "" : endDate })}
          error={problemAt("endDate")}
        />
        <Field
          label={t.to}
          name="to"
          type="time"
          value={draft.to}
          onChange={(to) => change({ to })}
          error={problemAt("to")}
        />
      </div>
      {isPast && (
        <Notice tone="warn" title={t.past} live>
          {t.pastNext}
        </Notice>
      )}
      <Select
        label={t.timeZone}
        hint={readers ? goesOn(t.timeZoneHint) + texts.events.readersTime(readers) : t.timeZoneHint}
        name="timeZone"
        value={draft.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        options={zones}
      />
    </section>
  );
}
