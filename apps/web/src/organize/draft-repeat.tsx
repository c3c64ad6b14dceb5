import { formatDate } from "@tsudoi/shared/dates.ts";
import { useId } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Field } from "#web/ui/field.tsx";
import { Select } from "#web/ui/select.tsx";
import type { SectionProps } from "./event-form.tsx";
import { daysOf, REPEATS, type RepeatDraft } from "./repeat-rule.ts";
import "#web/ui/card.css";
import "./draft-repeat.css";

/** As many as tell a mistake; the others are counted. */
const MOST_SHOWN = 12;

/** A series, with the days that it will be held on before it is made. */
export function RepeatSection({ draft, change, problemAt }: SectionProps) {
  const { organize } = useManageTexts();
  const t = organize.repeat;
  const id = useId();
  const { repeat: value, date: first } = draft;
  const error = problemAt("repeat");
  const problem = error === undefined ? {} : { error };
  const onChange = (changed: Partial<RepeatDraft>) => change({ repeat: { ...value, ...changed } });
  return (
    <section className="form-section card" aria-labelledby={id}>
      <h2 id={id}>{organize.sectionRepeat}</h2>
      <div className="field-row repeat-fields">
        <Select
          label={t.label}
          hint={t.hint}
          name="repeat"
          value={value.repeat}
          onChange={(chosen) =>
            onChange({ repeat: REPEATS.find((known) => known === chosen) ?? "none" })
          }
          options={REPEATS.map((repeat) => ({ value: repeat, label: t[repeat] }))}
        />
        {value.repeat !== "none" && (
          <Select
            label={t.ends}
            name="ends"
            value={value.ends}
            onChange={(ends) => onChange({ ends: ends === "until" ? "until" : "count" })}
            options={[
              { value: "count", label: t.count },
              { value: "until", label: t.until },
            ]}
          />
        )}
        {value.repeat !== "none" && value.ends === "count" && (
          <Field
            label={t.countLabel}
            name="count"
            inputMode="numeric"
            value={value.count}
            onChange={(count) => onChange({ count: count.normalize("NFKC") })}
            {...problem}
          />
        )}
        {value.repeat !== "none" && value.ends === "until" && (
          <Field
            label={t.untilLabel}
            name="until"
            type="date"
            value={value.until}
            onChange={(until) => onChange({ until })}
            {...problem}
          />
        )}
      </div>
      {value.repeat !== "none" && <Days days={daysOf(first, value)} />}
    </section>
  );
}

function Days({ days }: { days: string[] }) {
  const { locale } = useTexts();
  const { organize } = useManageTexts();
  const t = organize.repeat;
  if (days.length === 0) return <p className="faint">{t.noDates}</p>;
  const more = days.length - MOST_SHOWN;
  return (
    <div className="repeat-days" aria-live="polite">
      <h3>{t.dates(days.length)}</h3>
      <ol>
        {days.slice(0, MOST_SHOWN).map((day) => (
          <li key={day}>{formatDate(`${day}T00:00:00Z`, { timeZone: "UTC", locale })}</li>
        ))}
        {more > 0 && <li className="faint">{t.more(more)}</li>}
      </ol>
    </div>
  );
}
