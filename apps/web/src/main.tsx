import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { Locale } from "@tsudoi/shared/text.ts";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { createRoot } from "react-dom/client";
import { createApi, createAuthApi, TRPCProvider } from "#web/api.ts";
import { createSession } from "#web/auth/session.ts";
import { SessionContext } from "#web/auth/use-session.ts";
import { createLive, LiveContext } from "#web/events/live-seats.ts";
import { silentRetryMs } from "#web/problems/problem.ts";
import { createAppRouter } from "#web/routes.tsx";
import { createSaid, SaidContext } from "#web/shell/said.ts";
import { followDeviceTheme } from "#web/shell/theme.ts";
import { loadTexts } from "#web/texts/texts.tsx";
import { TextsProvider } from "#web/texts/texts-provider.tsx";
import "#web/ui/tokens.css";
import "#web/ui/fonts.css";
import "#web/ui/base.css";
import "#web/ui/forced-colors.css";

await mount(document.documentElement.lang === "ja" ? "ja" : "en");

async function mount(locale: Locale): Promise<void> {
  const texts = await loadTexts(locale);
  const session = createSession(createAuthApi());
  const api = createApi(session);
  const queryClient = createQueryClient();
  const queries = createTRPCOptionsProxy({ client: api, queryClient });
  const router = createAppRouter({ session, client: api, queryClient, queries });
  session.subscribe(() => {
    if (session.state() !== "out") return;
    queryClient.clear();
    void router.invalidate();
  });
  session.newcomer.subscribe(() => {
    if (session.newcomer.get() === undefined) return;
    void queryClient.resetQueries();
    void router.invalidate();
  });
  const live = createLive({ session, queryClient, queries });
  const said = createSaid();
  followDeviceTheme();
  const container = document.getElementById("app");
  if (!container) throw new Error("index.html has no #app");
  createRoot(container).render(
    <TextsProvider first={{ locale, texts }}>
      <SessionContext value={session}>
        <QueryClientProvider client={queryClient}>
          <TRPCProvider trpcClient={api} queryClient={queryClient}>
            <LiveContext value={live}>
              <SaidContext value={said}>
                <RouterProvider router={router} />
              </SaidContext>
            </LiveContext>
          </TRPCProvider>
        </QueryClientProvider>
      </SessionContext>
    </TextsProvider>,
  );
}

/** What was just read is not asked for again; a passing fault is retried unasked, a click only under its key. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 20 * SECOND,
        // A list is still there for who comes back to it after reading for a while.
        gcTime: 30 * MINUTE,
        retry: (attempt, error) => silentRetryMs(error, attempt) !== false,
        retryDelay: (attempt, error) => silentRetryMs(error, attempt) || 0,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}
