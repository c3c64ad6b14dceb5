import type { Event } from "@tsudoi/shared/events.ts";
import { MailPlus } from "lucide-react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useInvitations, useUninvite } from "./invitation-queries.ts";
import { InviteLink } from "./invite-link.tsx";
import { InvitePeople } from "./invite-people.tsx";
import { useEventRights, useManagedEvent } from "./managed-event.ts";
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
  return (
    <div className="organizers-page">
      <div className="organizers-main">
        <p className="muted">{t.lead}</p>
        {event.audience !== "invited" && (
          <Notice tone="info" title={t.notInvited}>
            {t.notInvitedNext}
          </Notice>
        )}
        <Invited event={event} />
      </div>
      {edits && (
        <div className="organizers-main">
          <InvitePeople event={event} />
          <InviteLink eventId={event.id} />
        </div>
      )}
    </div>
  );
}

function Invited({ event }: { event: Event }) {
  const { texts } = useTexts();
  const { invitations: t, organizers } = useManageTexts();
  const { edits } = useEventRights(event);
  const list = useInvitations(event.id);
  const { change, removed, undo } = useUninvite(event.id);
  return (
    <>
      {removed && (
        <Notice
          key={removed}
          tone="ok"
          title={t.removed(removed)}
          live
          focus
          actions={
            <Button tone="quiet" size="small" isPending={change.isPending} onPress={undo}>
              {organizers.undo}
            </Button>
          }
        />
      )}
      {change.isError && <ProblemNotice error={change.error} focus />}
      <ListPages
        list={list}
        rows={2}
        shown={t.shown}
        end={t.end}
        empty={
          <EmptyState icon={<MailPlus />} title={t.emptyTitle}>
            {t.emptyBody}
          </EmptyState>
        }
      >
        {(invitations) => (
          <div className="table-frame card">
            <table className="table invitations-table">
              <caption className="visually-hidden">{t.table}</caption>
              <thead>
                <tr>
                  <th scope="col">{texts.signIn.email}</th>
                  <th scope="col">{t.via}</th>
                  {edits && (
                    <th scope="col">
                      <span className="visually-hidden">{organizers.remove}</span>
                    </th>
                  )}
                </tr>
              </thead>
              <tbody>
                {invitations.map(({ email, via }) => (
                  <tr key={email}>
                    <th scope="row">{email}</th>
                    <td className="muted">{t.vias[via]}</td>
                    {edits && (
                      <td className="cell-end">
                        <Button
                          tone="ghost"
                          size="small"
                          label={t.removeOf(email)}
                          onPress={() => change.mutate({ email, isInvited: false })}
                        >
                          {organizers.remove}
                        </Button>
                      </td>
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </ListPages>
    </>
  );
}
