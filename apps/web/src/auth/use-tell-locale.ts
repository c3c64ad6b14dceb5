import { useQueryClient } from "@tanstack/react-query";
import type { Locale } from "@tsudoi/shared/text.ts";
import { useTRPC, useTRPCClient } from "#web/api.ts";

/** Makes a language the signed-in person's, for their mails. */
export function useTellLocale(): (locale: Locale) => void {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return (locale) => {
    client.auth.setLocale.mutate({ locale }).then(
      () => queryClient.invalidateQueries({ queryKey: trpc.auth.me.queryKey() }),
      // The page already speaks it; the next switch tells the server again.
      () => undefined,
    );
  };
}
