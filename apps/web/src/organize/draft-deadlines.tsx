import { useId } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Field } from "#web/ui/field.tsx";
import { Optional } from "./draft-labels.tsx";
import type { SectionProps } from "./event-form.tsx";
import "#web/ui/card.css";

const DEADLINES = [
  "registrationOpens",
  "registrationCloses",
  "cancelUntil",
  "answersUntil",
] as const;

/** When people may register, cancel and change their answers; what is left empty is as most events have it. */
export function DeadlinesSection({ draft, change, problemAt }: SectionProps) {
  const { organize: t } = useManageTexts();
  const id = useId();
  const hints = {
    registrationOpens: t.registrationOpensHint,
    registrationCloses: t.registrationClosesHint,
    cancelUntil: t.cancelUntilHint,
    answersUntil: t.answersUntilHint,
  };
  // Who asks nothing needs no end to the answers.
  const shown = DEADLINES.filter((field) => field !== "answersUntil" || draft.questions.length > 0);
  return (
    <section className="form-section card" aria-labelledby={id}>
      <div>
        <h2 id={id}>{t.sectionDeadlines}</h2>
        <p className="faint">{t.sectionDeadlinesLead}</p>
      </div>
      <div className="field-row">
        {shown.map((field) => (
          <Field
            key={field}
            label={<Optional label={t[field]} />}
            hint={hints[field]}
            name={field}
            type="datetime-local"
            value={draft[field]}
            onChange={(moment) => change({ [field]: moment })}
            error={problemAt(field)}
          />
        ))}
      </div>
    </section>
  );
}
