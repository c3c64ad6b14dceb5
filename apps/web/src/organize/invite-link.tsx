import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Event } from "@tsudoi/shared/events.ts";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Confirm } from "#web/ui/confirm.tsx";
import { CopyField } from "#web/ui/copy-field.tsx";
import { useIntention } from "#web/use-intention.ts";

type Props = { event: Pick<Event, "id" | "seriesId"> };

/** The link that puts whoever follows it on the list; a new one ends the old one. */
export function InviteLink({ event: { id: eventId, seriesId } }: Props) {
  const { texts } = useTexts();
  const { invitations: t, bulk, goesOn } = useManageTexts();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [asks, setAsks] = useState(false);
  const link = useQuery(trpc.events.inviteLink.queryOptions({ eventId }));
  const rotate = useIntention({
    send: (input: { eventId: string }, options) =>
      client.events.rotateInviteLink.mutate(input, options),
    onAnswer: (answer) =>
      queryClient.setQueryData(trpc.events.inviteLink.queryKey({ eventId }), answer),
    onRefusal: () => undefined,
  });
  const error = rotate.error ?? link.error;
  return (
    <section className="manage-panel card">
      <h2>{t.link}</h2>
      <p className="muted">
        {goesOn(t.linkLead)}
        {seriesId && t.linkOnly}
      </p>
      {error && <ProblemNotice error={error} />}
      {link.data && <CopyField label={t.link} isLabelHidden value={link.data.url} texts={t} />}
      <div className="manage-actions">
        <Button
          tone="ghost"
          size="small"
          isPending={rotate.isPending}
          working={texts.shell.loading}
          onPress={() => setAsks(true)}
        >
          {t.rotate}
        </Button>
      </div>
      <Confirm
        isOpen={asks}
        title={t.rotateTitle}
        yes={t.rotate}
        no={bulk.no}
        onYes={() => {
          setAsks(false);
          rotate.mutate({ eventId });
        }}
        onNo={() => setAsks(false)}
      >
        {t.rotateBody}
      </Confirm>
    </section>
  );
}
