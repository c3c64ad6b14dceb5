import { localized } from "@tsudoi/shared/text.ts";
import { useId } from "react";
import { useCategories } from "#web/events/event-queries.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Field } from "#web/ui/field.tsx";
import { Select } from "#web/ui/select.tsx";
import { InLanguage, Optional } from "./draft-labels.tsx";
import type { SectionProps } from "./event-form.tsx";
import "#web/ui/card.css";

/** Both languages side by side; one of them is enough to begin. */
export function TextSection({ draft, change, problemAt }: SectionProps) {
  const { locale } = useTexts();
  const { organize: t } = useManageTexts();
  const id = useId();
  const categories = useCategories() ?? [];
  return (
    <section className="form-section card" aria-labelledby={id}>
      <div>
        <h2 id={id}>{t.sectionText}</h2>
        <p className="faint">{t.sectionTextLead}</p>
      </div>
      <div className="field-row">
        <Field
          label={<InLanguage label={t.titleLabel} language={t.inJapanese} />}
          name="titleJa"
          lang="ja"
          value={draft.titleJa}
          onChange={(titleJa) => change({ titleJa })}
          error={problemAt("titleJa")}
        />
        <Field
          label={<InLanguage label={t.titleLabel} language={t.inEnglish} />}
          name="titleEn"
          lang="en"
          value={draft.titleEn}
          onChange={(titleEn) => change({ titleEn })}
          error={problemAt("titleEn")}
        />
        <Field
          label={<Optional label={<InLanguage label={t.description} language={t.inJapanese} />} />}
          name="descriptionJa"
          lang="ja"
          rows={5}
          value={draft.descriptionJa}
          onChange={(descriptionJa) => change({ descriptionJa })}
          error={problemAt("descriptionJa")}
        />
        <Field
          label={<Optional label={<InLanguage label={t.description} language={t.inEnglish} />} />}
          name="descriptionEn"
          lang="en"
          rows={5}
          value={draft.descriptionEn}
          onChange={(descriptionEn) => change({ descriptionEn })}
          error={problemAt("descriptionEn")}
        />
      </div>
      <Select
        label={t.category}
        name="category"
        value={draft.category}
        onChange={(category) => change({ category })}
        options={categories.map(({ slug, name }) => ({
          value: slug,
          label: localized(name, locale).text,
        }))}
      />
    </section>
  );
}
