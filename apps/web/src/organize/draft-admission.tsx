import { useId } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Choice } from "#web/ui/choice.tsx";
import { Field } from "#web/ui/field.tsx";
import { ADMISSIONS } from "./event-draft.ts";
import type { SectionProps } from "./event-form.tsx";
import "#web/ui/card.css";

/** First come, first served; by an organiser's word; or by lot. */
export function AdmissionSection({ draft, change, problemAt }: SectionProps) {
  const { organize: t } = useManageTexts();
  const id = useId();
  const problem = problemAt("admission");
  const words = {
    first_come: { label: t.firstCome, hint: t.firstComeHint },
    approval: { label: t.approval, hint: t.approvalHint },
    lottery: { label: t.lottery, hint: t.lotteryHint },
  };
  return (
    <section className="form-section card" aria-labelledby={id}>
      <h2 id={id}>{t.sectionAdmission}</h2>
      <Choice
        label={<span className="visually-hidden">{t.sectionAdmission}</span>}
        name="admission"
        value={draft.admission}
        onChange={(admission) => change({ admission })}
        options={ADMISSIONS.map((value) => ({ value, ...words[value] }))}
        {...(problem === undefined ? {} : { error: problem })}
      />
      {draft.admission === "lottery" && (
        <div className="field-row">
          <Field
            label={t.drawAt}
            hint={t.drawAtHint}
            name="drawAt"
            type="datetime-local"
            value={draft.drawAt}
            onChange={(drawAt) => change({ drawAt })}
            error={problemAt("drawAt")}
          />
        </div>
      )}
    </section>
  );
}
