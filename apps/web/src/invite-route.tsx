import {
  createRoute,
  type ErrorComponentProps,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { newIdempotencyKey } from "#web/api.ts";
import { FailurePage } from "#web/problems/failure-page.tsx";
import { part } from "#web/problems/part.ts";
import { isDefinite, toProblem } from "#web/problems/problem.ts";
import { RefusedPage } from "#web/problems/refused-page.tsx";
import { PATIENCE_MS, shell } from "#web/shell-route.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";

/** An invite link: whoever follows it signs in, is on the event's list, and is at its page once there is one for them. */
export const invite = createRoute({
  getParentRoute: () => shell,
  path: "/invite/$token",
  loader: async ({ context, params, preload }) => {
    if (preload) return;
    const { eventId, isShown } = await context.client.events.acceptInvite.mutate(
      { token: params.token },
      { context: { idempotencyKey: newIdempotencyKey() } },
    );
    if (isShown) throw redirect({ to: "/events/$eventId", params: { eventId }, replace: true });
  },
  component: lazyRouteComponent(() => part(import("#web/events/invited-page.tsx")), "InvitedPage"),
  pendingMs: PATIENCE_MS,
  pendingComponent: InvitePending,
  errorComponent: InviteFailure,
});

/** A link that has ended does not come back. */
function InviteFailure(props: ErrorComponentProps) {
  return isDefinite(props.error) ? (
    <RefusedPage reason={toProblem(props.error).reason} />
  ) : (
    <FailurePage {...props} />
  );
}

function InvitePending() {
  const { texts } = useTexts();
  return <Skeleton label={texts.shell.loading} rows={3} shape="card" />;
}
