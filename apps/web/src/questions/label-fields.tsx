import { useTexts } from "#web/texts/texts.tsx";
import { Field } from "#web/ui/field.tsx";

type Label = { ja: string; en: string };

type Props = {
  id: string;
  name: string;
  label: Label;
  onChange: (label: Label) => void;
  errorAt: (field: string) => string | undefined;
  /** Before the language, where problems are told by place. */
  field?: string;
};

const LANGUAGES = ["ja", "en"] as const;

/** A text in both languages, side by side; the reader's own is enough to begin. */
export function LabelFields({ id, name, label, onChange, errorAt, field = "" }: Props) {
  const { texts } = useTexts();
  return (
    <div className="field-row">
      {LANGUAGES.map((language) => (
        <Field
          key={language}
          id={`${id}-${language}`}
          name={`${id}-${language}`}
          label={
            <>
              {name} <span className="faint">({texts.languages[language]})</span>
            </>
          }
          lang={language}
          value={label[language]}
          onChange={(text) => onChange({ ...label, [language]: text })}
          error={errorAt(`${field}${language}`)}
        />
      ))}
    </div>
  );
}
