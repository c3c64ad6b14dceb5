import type { Locale } from "@tsudoi/shared/text.ts";
import { useSession } from "#web/auth/use-session.ts";
import { useTellLocale } from "#web/auth/use-tell-locale.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { tabMemory } from "./storage.ts";

/** Changes the language here at once, and for mails: those of who is signed in, or is about to. */
export function useSwitchLocale(): (locale: Locale) => void {
  const { setLocale } = useTexts();
  const session = useSession();
  const tellLocale = useTellLocale();
  return (locale) => {
    setLocale(locale);
    if (session.state() === "in") tellLocale(locale);
    else tabMemory.remember("door-locale", locale);
  };
}
