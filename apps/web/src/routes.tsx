import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import type { Session } from "#web/auth/session.ts";
import { EventListPage, EventListPending } from "#web/events/event-list-page.tsx";
import { categoriesOptions, eventListOptions } from "#web/events/event-queries.ts";
import { readEventSearch, shownList, toListInput } from "#web/events/event-search.ts";
import { invite } from "#web/invite-route.tsx";
import { organizeRoutes } from "#web/organize-routes.tsx";
import { FailurePage } from "#web/problems/failure-page.tsx";
import { NotFoundPage } from "#web/problems/not-found-page.tsx";
import { part } from "#web/problems/part.ts";
import { readMySearch } from "#web/registrations/my-search.ts";
import { upcomingOptions } from "#web/registrations/registration-queries.ts";
import { animatePages } from "#web/shell/animate-pages.ts";
import { PATIENCE_MS, type RouterContext, root, shell } from "#web/shell-route.tsx";

/** Pages that grow as one scrolls. */
const LISTS = ["/", "/registrations", "/organize"];

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { to?: string | undefined } =>
    readReturn(search.to),
  beforeLoad: async ({ context, search }) => {
    if (await isSignedIn(context.session)) throw redirect({ href: search.to ?? "/" });
  },
  component: lazyRouteComponent(() => part(import("#web/auth/sign-in-page.tsx")), "SignInPage"),
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/set-up/$token",
  component: lazyRouteComponent(() => part(import("#web/set-up/set-up-page.tsx")), "SetUpPage"),
});

const offer = createRoute({
  getParentRoute: () => root,
  path: "/offer/$token",
  validateSearch: (search: Record<string, unknown>): { answer?: "decline" | undefined } => ({
    answer: search.answer === "decline" ? "decline" : undefined,
  }),
  component: lazyRouteComponent(
    () => part(import("#web/registrations/offer-page.tsx")),
    "OfferPage",
  ),
});

const leave = createRoute({
  getParentRoute: () => root,
  path: "/leave/$token",
  component: lazyRouteComponent(
    () => part(import("#web/registrations/leave-page.tsx")),
    "LeavePage",
  ),
});

const events = createRoute({
  getParentRoute: () => shell,
  path: "/",
  validateSearch: readEventSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, deps }) => {
    const { queryClient, queries } = context;
    const { search, scope } = shownList(deps);
    const list = eventListOptions(context, toListInput(search, scope));
    void queryClient.prefetchInfiniteQuery(list);
    // These decide what stands above the list, and come in the same answer.
    await Promise.allSettled([
      queryClient.ensureQueryData(upcomingOptions(queries)),
      queryClient.ensureQueryData(categoriesOptions(queries)),
    ]);
  },
  pendingMs: PATIENCE_MS,
  pendingMinMs: 0,
  pendingComponent: EventListPending,
  component: EventListPage,
});

const event = createRoute({
  getParentRoute: () => shell,
  path: "/events/$eventId",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(
      context.queries.events.get.queryOptions({ eventId: params.eventId }),
    );
  },
  component: lazyRouteComponent(() => part(import("#web/events/event-page.tsx")), "EventPage"),
});

const draw = createRoute({
  getParentRoute: () => shell,
  path: "/events/$eventId/draw",
  component: lazyRouteComponent(() => part(import("#web/draw/draw-page.tsx")), "DrawPage"),
});

const registrations = createRoute({
  getParentRoute: () => shell,
  path: "/registrations",
  validateSearch: readMySearch,
  component: lazyRouteComponent(
    () => part(import("#web/registrations/my-registrations-page.tsx")),
    "MyRegistrationsPage",
  ),
});

const nowhere = createRoute({
  getParentRoute: () => shell,
  path: "$",
  component: NotFoundPage,
});

const tree = root.addChildren([
  signIn,
  setUp,
  offer,
  leave,
  shell.addChildren([events, event, invite, draw, registrations, ...organizeRoutes, nowhere]),
]);

export function createAppRouter(context: RouterContext) {
  let isFirst = true;
  const router = createRouter({
    routeTree: tree,
    context,
    defaultPreload: "intent",
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: FailurePage,
    // A list that is loaded anew has only its first page, and the old place would be anywhere in it.
    scrollRestoration: ({ location }) => {
      const isNewList = isFirst && LISTS.includes(location.pathname);
      isFirst = false;
      return !isNewList;
    },
    // Every parameter is plain text, so that an address reads as it was written.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const entries = Object.entries(search).filter(([, value]) => value !== undefined);
      const text = new URLSearchParams(
        entries.map(([key, value]) => [key, String(value)]),
      ).toString();
      return text === "" ? "" : `?${text}`;
    },
  });
  animatePages(router);
  return router;
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}

/** Only a path of ours: an address from outside must not send anyone elsewhere. */
function readReturn(to: unknown): { to?: string | undefined } {
  return { to: typeof to === "string" && /^\/(?![/\\])/.test(to) ? to : undefined };
}

/** An unreachable server must not hide the sign-in page: it says so itself when asked. */
async function isSignedIn(session: Session): Promise<boolean> {
  try {
    return await session.isSignedIn();
  } catch {
    return false;
  }
}
