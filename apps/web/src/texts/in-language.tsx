import type { Locale } from "@tsudoi/shared/text.ts";
import { type ReactNode, useEffect, useState } from "react";
import { loadTexts, type Texts, TextsContext, useTexts } from "./texts.tsx";

/** A part of the page as a reader of that language has it. */
export function InLanguage({ locale, children }: { locale: Locale; children: ReactNode }) {
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
