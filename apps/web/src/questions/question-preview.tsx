import type { Question } from "@tsudoi/shared/questions.ts";
import { LOCALES, type Locale, type Localized } from "@tsudoi/shared/text.ts";
import { type ReactNode, useDeferredValue, useEffect, useState } from "react";
import { loadTexts, type Texts, TextsContext, useTexts } from "#web/texts/texts.tsx";
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
        <fieldset className="preview-language">
          <legend className="visually-hidden">{t.previewLanguage}</legend>
          {LOCALES.map((language) => (
            <button
              key={language}
              type="button"
              className="pill"
              aria-pressed={language === locale}
              onClick={() => setLocale(language)}
            >
              {texts.languages[language]}
            </button>
          ))}
        </fieldset>
      </div>
      <In locale={locale}>
        <QuestionFields questions={calm} value={draft} onChange={setDraft} issues={new Map()} />
      </In>
    </details>
  );
}

/** What has no words yet is called by its number. */
function written(label: Localized, number: string): Localized {
  return label.ja.trim() || label.en.trim() ? label : { ja: number, en: number };
}

/** A part of the page as a reader of that language has it. */
function In({ locale, children }: { locale: Locale; children: ReactNode }) {
  const spoken = useTexts();
  const [other, setOther] = useState<{ locale: Locale; texts: Texts }>();
  useEffect(() => {
    let isWanted = true;
    void loadTexts(locale).then((texts) => isWanted && setOther({ locale, texts }));
    return () => {
      isWanted = false;
    };
  }, [locale]);
  const shown = locale === spoken.locale ? spoken : other;
  if (shown?.locale !== locale) return null;
  return (
    <TextsContext value={{ ...spoken, ...shown }}>
      <div lang={locale}>{children}</div>
    </TextsContext>
  );
}
