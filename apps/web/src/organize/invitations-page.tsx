import { useManageTexts } from "#web/texts/manage.ts";
import { InviteLink } from "./invite-link.tsx";
import { InvitePeople } from "./invite-people.tsx";
import { InvitedList } from "./invited-list.tsx";
import { useEventRights, useManagedEvent } from "./managed-event.ts";
import { NotByInvitation } from "./not-by-invitation.tsx";
import { OnlyForLists } from "./only-for-lists.tsx";
import "#web/ui/card.css";
import "#web/ui/table.css";
import "./organizers-page.css";
import "./invitations-page.css";

export function InvitationsPage() {
  return (
    <OnlyForLists>
      <Invitations />
    </OnlyForLists>
  );
}

/** Who is invited, by address or by the event's link. */
function Invitations() {
  const event = useManagedEvent();
  const { invitations: t } = useManageTexts();
  const { edits } = useEventRights(event);
  if (event.audience !== "invited") return <NotByInvitation event={event} />;
  return (
    <div className="organizers-page">
      <div className="organizers-main">
        <p className="muted">{t.lead}</p>
        <InvitedList key={event.id} event={event} />
      </div>
      {edits && (
        <div className="organizers-main">
          <InvitePeople key={event.id} event={event} />
          <InviteLink event={event} />
        </div>
      )}
    </div>
  );
}
