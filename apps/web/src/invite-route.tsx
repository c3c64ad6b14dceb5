import { createRoute, type ErrorComponentProps, redirect } from "@tanstack/react-router";
import { newIdempotencyKey } from "#web/api.ts";
import { FailurePage } from "#web/problems/failure-page.tsx";
import { isDefinite, toProblem } from "#web/problems/problem.ts";
import { RefusedPage } from "#web/problems/refused-page.tsx";
import { PATIENCE_MS, shell } from "#web/shell-route.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";

/** An invite link: whoever follows it signs in, is on the event's list, and is at its page. */
export const invite = createRoute({
  getParentRoute: () => shell,
  path: "/invite/$token",
  loader: async ({ context, params, preload }) => {
    if (preload) return;
    const { eventId } = await context.client.events.acceptInvite.mutate(
      { token: params.token },
      { context: { idempotencyKey: newIdempotencyKey() } },
    );
    throw redirect({ to: "/events/$eventId", params: { eventId }, replace: true });
  },
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
