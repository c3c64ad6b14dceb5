import { LOCALES, type Locale } from "@tsudoi/shared/text.ts";
import { useTexts } from "./texts.tsx";
import "#web/ui/pills.css";
import "./preview-language.css";

type Props = { label: string; value: Locale; onChange: (locale: Locale) => void };

/** In which language something is seen before others see it. */
export function PreviewLanguage({ label, value, onChange }: Props) {
  const { texts } = useTexts();
  return (
    <fieldset className="preview-language">
      <legend className="visually-hidden">{label}</legend>
      {LOCALES.map((locale) => (
        <button
          key={locale}
          type="button"
          className="pill"
          aria-pressed={locale === value}
          onClick={() => onChange(locale)}
        >
          {texts.languages[locale]}
        </button>
      ))}
    </fieldset>
  );
}
