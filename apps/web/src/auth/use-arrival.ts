import { useQueryClient } from "@tanstack/react-query";
import type { Me } from "@tsudoi/shared/accounts.ts";
import { useTRPC } from "#web/api.ts";
import { recall } from "#web/shell/storage.ts";
import { useTexts } from "#web/texts/texts.tsx";

/** Takes in who has just signed in; their language counts unless this device has chosen one. */
export function useArrival(): (user: Me) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { locale, setLocale } = useTexts();
  return (user) => {
    queryClient.clear();
    queryClient.setQueryData(trpc.auth.me.queryKey(), user);
    if (recall("locale") === null && user.locale !== locale) setLocale(user.locale);
  };
}
