import type { Locale } from "@tsudoi/shared/text.ts";
import { type ReactNode, useState } from "react";
import { deviceMemory } from "#web/shell/storage.ts";
import { loadTexts, type Texts, TextsContext } from "./texts.tsx";

type Spoken = { locale: Locale; texts: Texts };

export function TextsProvider({ first, children }: { first: Spoken; children: ReactNode }) {
  const [spoken, setSpoken] = useState(first);
  async function setLocale(locale: Locale): Promise<void> {
    const texts = await loadTexts(locale);
    document.documentElement.lang = locale;
    deviceMemory.remember("locale", locale);
    setSpoken({ locale, texts });
  }
  return (
    <TextsContext value={{ ...spoken, setLocale: (locale) => void setLocale(locale) }}>
      {children}
    </TextsContext>
  );
}
