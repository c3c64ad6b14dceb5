import type { Event } from "@tsudoi/shared/events.ts";
import type { ReactNode } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { useNow } from "#web/time/use-now.ts";
import { LinkButton } from "#web/ui/link-button.tsx";
import { useEventRights } from "./managed-event.ts";
import { PublishDraft } from "./publish-draft.tsx";
import { PublishedNotice } from "./published-notice.tsx";
import { passedTime, UnfitDraft } from "./unfit-draft.tsx";
import { usePublish } from "./use-publish.ts";

type Props = {
  event: Event;
  /** On the pages of its management, which it need not lead to. */
  isManaged?: boolean;
};

/** The way to an event's management, and for a draft the way to the public. */
export function OrganizerPanel({ event, isManaged = false }: Props) {
  const { publishes } = useEventRights(event);
  const publish = usePublish(event);
  const { endsAt, registrationClosesAt, drawAt } = event;
  const now = useNow([endsAt, registrationClosesAt, ...(drawAt === null ? [] : [drawAt])]);
  const manage: ReactNode = isManaged ? undefined : <ManageLink eventId={event.id} />;

  if (publish.isSuccess) {
    return <PublishedNotice event={event} asked={publish.variables} actions={manage} />;
  }
  const isDraft = event.status === "draft" || publish.isPending;
  if (!isDraft || !publishes) return manage ?? null;
  const passed = publish.isPending ? undefined : passedTime(event, now);
  if (passed !== undefined) return <UnfitDraft event={event} time={passed} actions={manage} />;
  return <PublishDraft event={event} publish={publish} manage={manage} />;
}

function ManageLink({ eventId }: { eventId: string }) {
  const t = useManageTexts();
  return (
    <LinkButton to="/organize/events/$eventId" params={{ eventId }} tone="quiet" size="small">
      {t.manage}
    </LinkButton>
  );
}
