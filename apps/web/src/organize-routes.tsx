import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { readEventSearch } from "#web/events/event-search.ts";
import { readPeopleSearch } from "#web/organize/people-search.ts";
import { part } from "#web/problems/part.ts";
import { shell } from "#web/shell-route.tsx";

const organize = createRoute({
  getParentRoute: () => shell,
  path: "/organize",
  validateSearch: readEventSearch,
  component: lazyRouteComponent(
    () => part(import("#web/organize/organize-page.tsx")),
    "OrganizePage",
  ),
});

const createEvent = createRoute({
  getParentRoute: () => shell,
  path: "/organize/new",
  component: lazyRouteComponent(
    () => part(import("#web/organize/create-event-page.tsx")),
    "CreateEventPage",
  ),
});

const editEvent = createRoute({
  getParentRoute: () => shell,
  path: "/organize/events/$eventId/edit",
  component: lazyRouteComponent(
    () => part(import("#web/organize/edit-event-page.tsx")),
    "EditEventPage",
  ),
});

const manage = createRoute({
  getParentRoute: () => shell,
  path: "/organize/events/$eventId",
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(
      context.queries.events.get.queryOptions({ eventId: params.eventId }),
    );
  },
  component: lazyRouteComponent(() => part(import("#web/organize/manage-page.tsx")), "ManagePage"),
});

const overview = createRoute({
  getParentRoute: () => manage,
  path: "/",
  component: lazyRouteComponent(
    () => part(import("#web/organize/overview-page.tsx")),
    "OverviewPage",
  ),
});

const people = createRoute({
  getParentRoute: () => manage,
  path: "/people",
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => part(import("#web/organize/people-page.tsx")), "PeoplePage"),
});

const waitlist = createRoute({
  getParentRoute: () => manage,
  path: "/waitlist",
  component: lazyRouteComponent(
    () => part(import("#web/organize/waitlist-page.tsx")),
    "WaitlistPage",
  ),
});

const organizers = createRoute({
  getParentRoute: () => manage,
  path: "/organizers",
  component: lazyRouteComponent(
    () => part(import("#web/organize/organizers-page.tsx")),
    "OrganizersPage",
  ),
});

const invitations = createRoute({
  getParentRoute: () => manage,
  path: "/invitations",
  component: lazyRouteComponent(
    () => part(import("#web/organize/invitations-page.tsx")),
    "InvitationsPage",
  ),
});

export const organizeRoutes = [
  organize,
  createEvent,
  editEvent,
  manage.addChildren([overview, people, waitlist, organizers, invitations]),
] as const;
