import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { NewEvent } from "@tsudoi/shared/event-input.ts";
import { useId, useState } from "react";
import { type Api, useTRPC, useTRPCClient } from "#web/api.ts";
import { OnlyWith } from "#web/auth/only-with.tsx";
import { useMe } from "#web/auth/use-session.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { readerZone } from "#web/time/zoned.ts";
import { Button } from "#web/ui/button.tsx";
import { useIntention } from "#web/use-intention.ts";
import { toInput } from "./draft-input.ts";
import { emptyDraft } from "./event-draft.ts";
import { EventForm } from "./event-form.tsx";
import { ruleOf } from "./repeat-rule.ts";
import { useDraft } from "./use-draft.ts";
import { useFormProblems } from "./use-form-problems.ts";

export function CreateEventPage() {
  const me = useMe();
  return (
    <OnlyWith right="events.create">{me && <CreateEvent key={me.id} owner={me.id} />}</OnlyWith>
  );
}

function CreateEvent({ owner }: { owner: string }) {
  const { texts } = useTexts();
  const { organize: t } = useManageTexts();
  const id = useId();
  const [base] = useState(() => emptyDraft(readerZone(), new Date()));
  const { draft, isTouched, change, clear, drop, restore } = useDraft({ owner, base, version: 0 });
  const problems = useFormProblems(draft);
  const create = useCreate({ drop, onRefused: problems.judge });
  function startOver(): void {
    clear();
    create.reset();
    problems.judgeAnew();
  }
  return (
    <EventForm
      id={id}
      title={t.newTitle}
      lead={t.newLead}
      draft={draft}
      change={change}
      problems={problems}
      onSubmit={() => create.mutate({ event: toInput(draft), rrule: ruleOf(draft.repeat) })}
    >
      <title>{texts.app.title(t.newTitle)}</title>
      {create.isError && !problems.isCorrected && (
        <ProblemNotice error={create.error} isToldAtFields={problems.refused.length > 0} />
      )}
      <div className="event-form-actions">
        <Button type="submit" form={id} size="large" isPending={create.isPending}>
          {t.save}
        </Button>
        {(isTouched || restore) && (
          <Button tone="ghost" onPress={restore ?? startOver}>
            {restore ? t.restore : t.clear}
          </Button>
        )}
      </div>
      {isTouched && <p className="faint">{t.kept}</p>}
    </EventForm>
  );
}

type Refused = Parameters<ReturnType<typeof useFormProblems>["judge"]>[0];
type Creating = { drop: () => void; onRefused: (issues: Refused) => void };
type Wanted = { event: NewEvent; rrule: string | undefined };

/** One event, or the first of a series: its page is where one goes on. */
function useCreate({ drop, onRefused }: Creating) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useIntention({
    send: (wanted: Wanted, options) => send(client, wanted, options),
    onAnswer: async (eventId) => {
      void queryClient.invalidateQueries({ queryKey: trpc.events.list.pathKey() });
      drop();
      // In the place of the form: the way back leads to where one came from, not to an empty form.
      await navigate({ to: "/organize/events/$eventId", params: { eventId }, replace: true });
    },
    onRefusal: (error) => {
      // A series names the fields of its event as its event's.
      const issues = toProblem(error).issues ?? [];
      onRefused(issues.map((issue) => ({ ...issue, path: issue.path.replace(/^event\./, "") })));
    },
  });
}

type Options = { context: { idempotencyKey: string } };

async function send(client: Api, { event, rrule }: Wanted, options: Options): Promise<string> {
  if (rrule === undefined) return (await client.events.create.mutate(event, options)).id;
  const { events } = await client.events.createSeries.mutate({ event, rrule }, options);
  const [first] = events;
  if (first === undefined) throw new Error("the series has no event");
  return first.id;
}
