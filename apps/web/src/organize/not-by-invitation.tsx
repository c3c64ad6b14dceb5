import type { Event } from "@tsudoi/shared/events.ts";
import { MailPlus } from "lucide-react";
import { useManageTexts } from "#web/texts/manage.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { useInvitations } from "./invitation-queries.ts";
import { InvitedList } from "./invited-list.tsx";
import { useEventRights } from "./managed-event.ts";

/** Inviting has no effect here: the way to where it gets one, and whoever is still on the list. */
export function NotByInvitation({ event }: { event: Event }) {
  const { invitations: t } = useManageTexts();
  const { edits } = useEventRights(event);
  const isOn = event.status !== "cancelled" && event.status !== "archived";
  const list = useInvitations(event.id, "");
  const isListed = list.data?.pages.some(({ items }) => items.length > 0) ?? false;
  return (
    <div className="organizers-main">
      <EmptyState
        icon={<MailPlus />}
        title={t.openTitle}
        action={
          edits &&
          isOn && (
            <LinkButton
              to="/organize/events/$eventId/edit"
              params={{ eventId: event.id }}
              hash="audience"
              tone="quiet"
            >
              {t.toAudience}
            </LinkButton>
          )
        }
      >
        {t.openBody}
      </EmptyState>
      {isListed && (
        <>
          <p className="muted">{t.listKept}</p>
          <InvitedList key={event.id} event={event} />
        </>
      )}
    </div>
  );
}
