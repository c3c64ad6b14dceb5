import { useQueryClient } from "@tanstack/react-query";
import type { Locale } from "@tsudoi/shared/text.ts";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { useSession } from "#web/auth/use-session.ts";
import { useTexts } from "#web/texts/texts.tsx";

/** Changes the language here at once, and for mails where someone is signed in. */
export function useSwitchLocale(): (locale: Locale) => void {
  const { setLocale } = useTexts();
  const session = useSession();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return (locale) => {
    setLocale(locale);
    if (session.state() !== "in") return;
    client.auth.setLocale.mutate({ locale }).then(
      () => queryClient.invalidateQueries({ queryKey: trpc.auth.me.queryKey() }),
      // The page already speaks it; the next switch tells the server again.
      () => undefined,
    );
  };
}
