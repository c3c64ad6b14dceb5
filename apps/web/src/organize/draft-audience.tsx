import { AUDIENCES } from "@tsudoi/shared/events.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { useId } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Choice } from "#web/ui/choice.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { useDepartments } from "./department-queries.ts";
import { includedBy, toggled } from "./department-tree.ts";
import type { SectionProps } from "./event-form.tsx";
import "#web/ui/card.css";
import "./draft-audience.css";

/** Who sees the event and may register. */
export function AudienceSection({ draft, change, problemAt }: SectionProps) {
  const { audience: t, sectionAudience } = useManageTexts().organize;
  const id = useId();
  const problem = problemAt("audience");
  const words = {
    everyone: { label: t.everyone, hint: t.everyoneHint },
    departments: { label: t.departments, hint: t.departmentsHint },
    invited: { label: t.invited, hint: t.invitedHint },
  };
  return (
    <section className="form-section card" aria-labelledby={id}>
      <h2 id={id}>{sectionAudience}</h2>
      <Choice
        label={<span className="visually-hidden">{sectionAudience}</span>}
        name="audience"
        value={draft.audience}
        onChange={(audience) => change({ audience })}
        options={AUDIENCES.map((value) => ({ value, ...words[value] }))}
        {...(problem === undefined ? {} : { error: problem })}
      />
      {draft.audience === "departments" && (
        <Departments
          chosen={draft.departmentIds}
          onChange={(departmentIds) => change({ audience: "departments", departmentIds })}
        />
      )}
      {draft.audience === "invited" && <p className="faint">{t.invitedNext}</p>}
    </section>
  );
}

type PickerProps = { chosen: readonly string[]; onChange: (chosen: string[]) => void };

/** The organisation from the top; what one above includes is ticked and cannot be taken out. */
function Departments({ chosen, onChange }: PickerProps) {
  const { locale, texts } = useTexts();
  const { audience: t } = useManageTexts().organize;
  const departments = useDepartments();
  if (!departments) return <Skeleton label={texts.shell.loading} rows={3} />;
  if (departments.length === 0) return <p className="faint">{t.none}</p>;
  const included = includedBy(departments, chosen);
  return (
    <fieldset className="department-tree">
      <legend className="field-label">
        {t.pick} <span className="faint">{t.chosen(chosen.length)}</span>
      </legend>
      <div className="department-list">
        {departments.map(({ id, depth, name }) => (
          <label key={id} className="department" data-depth={Math.min(depth, 5)}>
            <input
              type="checkbox"
              name="departmentIds"
              checked={chosen.includes(id) || included.has(id)}
              disabled={included.has(id)}
              onChange={() => onChange(toggled(departments, chosen, id))}
            />
            <span>{localized(name, locale).text}</span>
            {included.has(id) && <span className="faint">{t.included}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
