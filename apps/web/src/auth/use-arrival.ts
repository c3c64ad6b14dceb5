import { useQueryClient } from "@tanstack/react-query";
import type { Me } from "@tsudoi/shared/accounts.ts";
import { useTRPC } from "#web/api.ts";
import { tabMemory } from "#web/shell/storage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { useTellLocale } from "./use-tell-locale.ts";

/** Takes in who has just signed in: the language they chose at the door becomes theirs, else theirs counts here. */
export function useArrival(): (user: Me) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { locale, setLocale } = useTexts();
  const tellLocale = useTellLocale();
  return (user) => {
    queryClient.clear();
    queryClient.setQueryData(trpc.auth.me.queryKey(), user);
    const isChosen = tabMemory.recall("door-locale") === locale;
    // It is this person's choice, not that of whoever signs in here next.
    tabMemory.forget("door-locale");
    if (user.locale === locale) return;
    if (isChosen) tellLocale(locale);
    else setLocale(user.locale);
  };
}
