import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import { type Event, isOver } from "@tsudoi/shared/events.ts";
import { MAX_INVITATIONS, MAX_INVITED } from "@tsudoi/shared/invitations.ts";
import { type FormEvent, useState } from "react";
import { useTRPCClient } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { useNow } from "#web/time/use-now.ts";
import { Button } from "#web/ui/button.tsx";
import { Field } from "#web/ui/field.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { useIntention } from "#web/use-intention.ts";
import { useRefreshInvitations } from "./invitation-queries.ts";
import { SeriesChoice } from "./series-choice.tsx";
import { addressesIn } from "./written-addresses.ts";

type Invite = { eventId: string; emails: string[]; apply: SeriesPart };

/** Addresses as one has them: one to a line, or pasted from a mail program. */
export function InvitePeople({ event }: { event: Event }) {
  const { id: eventId } = event;
  const { invitations: t, series, goesOn } = useManageTexts();
  const mailed = mailTime(event, useNow([event.endsAt]));
  const client = useTRPCClient();
  const refresh = useRefreshInvitations();
  const [text, setText] = useState("");
  const [apply, setApply] = useState<SeriesPart>("this");
  const [problem, setProblem] = useState<string>();
  const invite = useIntention({
    send: (input: Invite, options) => client.events.invite.mutate(input, options),
    onAnswer: () => void refresh(),
    onRefusal: () => undefined,
  });
  function problemOf({ emails, wrong }: ReturnType<typeof addressesIn>): string | undefined {
    const [first] = wrong;
    if (first !== undefined) return t.wrong(first);
    if (emails.length === 0) return t.needed;
    return emails.length > MAX_INVITED ? t.many(MAX_INVITED) : undefined;
  }
  const isFull = toProblem(invite.error).issues?.some(({ code }) => code === "too_many") ?? false;
  function submit(sent: FormEvent): void {
    sent.preventDefault();
    const { emails, wrong } = addressesIn(text);
    const found = problemOf({ emails, wrong });
    setProblem(found);
    if (found === undefined)
      invite.mutate({ eventId, emails, apply }, { onSuccess: () => setText("") });
  }
  return (
    <form className="manage-panel card" onSubmit={submit} noValidate>
      <h2>{t.add}</h2>
      <p className="muted">
        {goesOn(t.mailed[mailed])}
        {mailed !== "never" && event.seriesId && goesOn(t.onePerSeries)}
        {mailed !== "never" && t.noAccount}
      </p>
      {invite.isSuccess && <Notice tone="ok" title={t.invited(invite.data.invited)} live />}
      {invite.isError && !isFull && <ProblemNotice error={invite.error} />}
      {isFull && <Notice tone="warn" title={t.full(MAX_INVITATIONS)} live />}
      <Field
        label={t.addresses}
        hint={t.addressesHint}
        name="emails"
        rows={4}
        value={text}
        onChange={(next) => {
          setText(next);
          setProblem(undefined);
        }}
        {...(problem === undefined ? {} : { error: problem })}
      />
      {event.seriesId && <SeriesChoice title={series.into} value={apply} onChange={setApply} />}
      <div className="manage-actions">
        <Button type="submit" size="small" isPending={invite.isPending}>
          {t.submit}
        </Button>
      </div>
    </form>
  );
}

/** When those who are invited now are written to. */
function mailTime(event: Event, now: Date): "now" | "published" | "reopened" | "never" {
  if (event.audience !== "invited" || isOver(event, now)) return "never";
  if (event.status === "published") return "now";
  if (event.status === "draft") return "published";
  return event.status === "closed" ? "reopened" : "never";
}
