import { useNavigate } from "@tanstack/react-router";
import type { UpdateEventInput } from "@tsudoi/shared/event-input.ts";
import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { type ReactNode, useId, useState } from "react";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useSay } from "#web/shell/said.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { clock } from "#web/time/clock.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { ConflictNotice } from "./conflict-notice.tsx";
import { type Change, changeOf } from "./draft-input.ts";
import { draftOf } from "./event-draft.ts";
import { EventForm } from "./event-form.tsx";
import { SeriesScope } from "./series-scope.tsx";
import { ToldNotice, useTold } from "./told-notice.tsx";
import { useDraft } from "./use-draft.ts";
import { useEventVerb } from "./use-event-verb.ts";
import { useFormProblems } from "./use-form-problems.ts";

type Props = { event: Event; owner: string; lead: ReactNode };

/** Changes the event that one saw: where it has become another one meanwhile, one chooses. */
export function EditEvent({ event, owner, lead }: Props) {
  const { editor: t, organize, series } = useManageTexts();
  const id = useId();
  const [opened] = useState(() => new Date(clock.now()));
  const latest = {
    ...{ owner, eventId: event.id, version: event.version },
    base: draftOf(event, opened),
  };
  const form = useDraft(latest);
  const { draft, base, version } = form;
  const [apply, setApply] = useState<SeriesPart>("this");
  const [isRebased, setRebased] = useState(false);
  const problems = useFormProblems(draft);
  const update = useUpdate(event.id, { problems, onSaved: form.drop });
  const navigate = useNavigate();
  const say = useSay();
  const change = changeOf(base, draft, event.status === "draft" ? opened.toISOString() : "");
  // Of a series, the same change may go to what is published already.
  const isDraft = event.status === "draft" && !event.seriesId;
  const told = useTold({ event, change, apply });
  const isBehind = version !== event.version;
  // One's own saved version is no conflict while the page is being left.
  const isOvertaken = isBehind && !update.isPending && !update.isSuccess;
  const isConflict = update.isError && toProblem(update.error).reason === "VERSION_CONFLICT";

  function leave(): void {
    form.drop();
    void navigate({ to: "/organize/events/$eventId", params: { eventId: event.id } });
  }
  function save(): void {
    setRebased(false);
    if (Object.keys(change).length === 0) leave();
    else update.mutate({ eventId: event.id, version, apply, ...change }, { onSuccess: saved });
  }
  function saved(): void {
    say(told.told === undefined ? t.saved : t.savedAndTold(told.told));
    leave();
  }
  function startOver(): void {
    form.clear();
    update.reset();
    problems.judgeAnew();
    setRebased(false);
  }
  function keepMine(): void {
    form.rebase();
    update.reset();
    setRebased(true);
  }
  return (
    <EventForm
      id={id}
      event={event}
      title={t.title}
      lead={lead}
      draft={draft}
      change={form.change}
      problems={problems}
      onSubmit={save}
      first={event.seriesId && <SeriesScope event={event} value={apply} onChange={setApply} />}
    >
      {isOvertaken && (
        <ConflictNotice
          sides={{ base, mine: draft, theirs: latest.base }}
          onTheirs={startOver}
          onMine={keepMine}
        />
      )}
      {isRebased && (
        <Notice tone="info" title={t.kept} live focus>
          {t.keptNext}
        </Notice>
      )}
      {update.isError && !isConflict && !problems.isCorrected && (
        <ProblemNotice
          error={update.error}
          instead={problems.instead}
          isToldAtFields={problems.refused.length > 0}
        />
      )}
      <ToldNotice {...told} />
      {event.seriesId && form.isTouched && <p className="muted">{series.saves[apply]}</p>}
      <div className="event-form-actions">
        <Button type="submit" form={id} size="large" isPending={update.isPending} isOff={isBehind}>
          {isDraft ? organize.save : t.save}
        </Button>
        {(form.isTouched || form.restore) && (
          <Button tone="ghost" onPress={form.restore ?? startOver}>
            {form.restore ? organize.restore : t.discard}
          </Button>
        )}
      </div>
      {form.isTouched && <p className="faint">{organize.kept}</p>}
    </EventForm>
  );
}

type Updating = { problems: ReturnType<typeof useFormProblems>; onSaved: () => void };
type Wanted = Pick<UpdateEventInput, "eventId" | "version" | "apply"> & Change;

/** A refusal is told at its field; how many seats are taken, with the number. */
function useUpdate(eventId: string, { problems, onSaved }: Updating) {
  const update = useEventVerb(eventId, async (client, input: Wanted, options) => {
    const event = await client.events.update.mutate(input, options);
    // Also where one has gone elsewhere by now: what is kept would stand against its own change.
    onSaved();
    return event;
  });
  const told = (error: unknown) => {
    const { reason, fields, issues } = toProblem(error);
    const taken = Number(fields?.seatsTaken);
    if (reason === "CAPACITY_BELOW_TAKEN" && taken > 0) problems.refuseCapacity(taken);
    else problems.judge(issues ?? []);
  };
  return {
    ...update,
    mutate: (input: Wanted, { onSuccess }: { onSuccess: () => void }) =>
      update.mutate(input, { onSuccess, onError: told }),
  };
}
