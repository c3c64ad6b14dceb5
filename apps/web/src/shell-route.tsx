import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import type { Api, Queries } from "#web/api.ts";
import type { Session } from "#web/auth/session.ts";
import { meOptions } from "#web/auth/use-session.ts";
import { FailureAlone } from "#web/problems/failure-page.tsx";
import { Shell, ShellPending } from "#web/shell/shell.tsx";

export type RouterContext = {
  session: Session;
  client: Api;
  queryClient: QueryClient;
  queries: Queries;
};

/** As long as the previous page may stay before something says that the next one is on its way. */
export const PATIENCE_MS = 150;

export const root = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  errorComponent: FailureAlone,
});

/** What stays around the pages of who is signed in. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  beforeLoad: async ({ context, location }) => {
    if (await context.session.isSignedIn()) {
      // What they may do can change while they go about.
      void context.queryClient.prefetchQuery(meOptions(context.queries));
      return;
    }
    const search = location.href === "/" ? {} : { to: location.href };
    throw redirect({ to: "/sign-in", search });
  },
  loader: ({ context: { queryClient, queries } }) =>
    Promise.allSettled([queryClient.ensureQueryData(meOptions(queries))]),
  pendingMs: PATIENCE_MS,
  pendingMinMs: 0,
  pendingComponent: ShellPending,
  component: Shell,
  errorComponent: FailureAlone,
});
