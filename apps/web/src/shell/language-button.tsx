import type { Locale } from "@tsudoi/shared/text.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { useSwitchLocale } from "./use-switch-locale.ts";

/** Offers the other language, in that language. */
export function LanguageButton() {
  const { locale } = useTexts();
  const switchLocale = useSwitchLocale();
  const other: Locale = locale === "ja" ? "en" : "ja";
  return (
    <button
      type="button"
      className="header-button language-button"
      lang={other}
      onClick={() => switchLocale(other)}
    >
      {other === "ja" ? "日本語" : "English"}
    </button>
  );
}
