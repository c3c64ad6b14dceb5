import type { Question } from "@tsudoi/shared/questions.ts";
import type { Locale, Localized } from "@tsudoi/shared/text.ts";
import { useDeferredValue, useState } from "react";
import { InLanguage } from "#web/texts/in-language.tsx";
import { PreviewLanguage } from "#web/texts/preview-language.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import type { AnswerDraft } from "./answer-draft.ts";
import { QuestionFields } from "./question-fields.tsx";

/** What people will be asked, in either language, ready to be tried. */
export function QuestionPreview({ questions }: { questions: readonly Question[] }) {
  const { locale: own, texts } = useTexts();
  const t = texts.questions.builder;
  const [draft, setDraft] = useState<AnswerDraft>({});
  const [locale, setLocale] = useState<Locale>(own);
  const calm = useDeferredValue(questions).map((question, index) => ({
    ...question,
    label: written(question.label, t.number(index + 1)),
    options: question.options.map((option, place) => ({
      ...option,
      label: written(option.label, t.option(place + 1)),
    })),
  }));
  return (
    <details className="question-preview">
      <summary>{t.preview}</summary>
      <div className="question-preview-head">
        <p className="faint">{t.previewLead}</p>
        <PreviewLanguage label={t.previewLanguage} value={locale} onChange={setLocale} />
      </div>
      <InLanguage locale={locale}>
        <QuestionFields questions={calm} value={draft} onChange={setDraft} issues={new Map()} />
      </InLanguage>
    </details>
  );
}

/** What has no words yet is called by its number. */
function written(label: Localized, number: string): Localized {
  return label.ja.trim() || label.en.trim() ? label : { ja: number, en: number };
}
