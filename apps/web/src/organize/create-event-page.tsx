import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { FieldIssue } from "@tsudoi/shared/errors.ts";
import type { NewEvent } from "@tsudoi/shared/event-input.ts";
import { type FormEvent, useId, useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { OnlyWith } from "#web/auth/only-with.tsx";
import { useMe } from "#web/auth/use-session.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useFocusFirstProblem } from "#web/problems/use-focus-first-problem.ts";
import {
  NO_PROBLEMS,
  questionProblems,
  withoutChangedQuestions,
} from "#web/questions/question-problems.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { useIntention } from "#web/use-intention.ts";
import { DraftPreview } from "./draft-preview.tsx";
import {
  type DraftField,
  type DraftProblems,
  problemsOf,
  withoutChanged,
} from "./draft-problems.ts";
import { QuestionsSection } from "./draft-questions.tsx";
import { PlaceSection, SeatsSection } from "./draft-seats.tsx";
import { TextSection, TimeSection } from "./draft-sections.tsx";
import { type EventDraft, toInput } from "./event-draft.ts";
import { dropDraft } from "./kept-draft.ts";
import { useDraft } from "./use-draft.ts";
import "./create-event-page.css";

/** What every section of the form gets. */
export type SectionProps = {
  draft: EventDraft;
  change: (changed: Partial<EventDraft>) => void;
  problemAt: (field: DraftField) => string | undefined;
};

export function CreateEventPage() {
  const me = useMe();
  return (
    <OnlyWith right="events.create">{me && <CreateEvent key={me.id} owner={me.id} />}</OnlyWith>
  );
}

function CreateEvent({ owner }: { owner: string }) {
  const { texts } = useTexts();
  const t = texts.organize;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { draft, isTouched, change, clear, restore } = useDraft(owner);
  const [problems, setProblems] = useState<DraftProblems>({});
  const [asked, setAsked] = useState(NO_PROBLEMS);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const create = useCreate((issues) => {
    const found = problemsOf(draft, issues);
    const foundAsked = questionProblems(draft.questions, issues);
    setProblems(found);
    setAsked(foundAsked);
    setRefused([...Object.keys(found), ...foundAsked.keys()]);
  });
  useFocusFirstProblem(form, refused);

  function judgeAnew(): void {
    setProblems({});
    setAsked(NO_PROBLEMS);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    judgeAnew();
    create.mutate(toInput(draft));
  }
  function startOver(): void {
    clear();
    create.reset();
    judgeAnew();
  }
  const section: SectionProps = {
    draft,
    change: (changed) => {
      change(changed);
      setProblems((before) => withoutChanged(before, changed));
      const { questions = draft.questions } = changed;
      setAsked((before) => withoutChangedQuestions(before, draft.questions, questions));
    },
    problemAt: (field) => problems[field] && t.problems[problems[field]],
  };
  // Once every field that was refused is changed, there is nothing left to point at.
  const left = Object.keys(problems).length + asked.size;
  const isToldAtFields = refused.length > 0 && left === 0;

  return (
    <div className="page create-event">
      <title>{texts.app.title(t.newTitle)}</title>
      <div className="create-head">
        <h1>{t.newTitle}</h1>
        <p className="muted">{t.newLead}</p>
      </div>
      <form ref={form} id={id} onSubmit={submit} noValidate>
        <TextSection {...section} />
        <TimeSection {...section} />
        <SeatsSection {...section} />
        <PlaceSection {...section} />
        <QuestionsSection {...section} problems={asked} />
      </form>
      <DraftPreview draft={draft} />
      <div className="create-end">
        {create.isError && !isToldAtFields && <ProblemNotice error={create.error} />}
        <div className="create-actions">
          <Button type="submit" form={id} size="large" isPending={create.isPending}>
            {t.save}
          </Button>
          {(isTouched || restore) && (
            <Button tone="ghost" size="large" onPress={restore ?? startOver}>
              {restore ? t.restore : t.clear}
            </Button>
          )}
        </div>
        {isTouched && <p className="faint">{t.kept}</p>}
      </div>
    </div>
  );
}

function useCreate(onRefused: (issues: readonly FieldIssue[]) => void) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useIntention({
    send: (input: NewEvent, options) => client.events.create.mutate(input, options),
    onAnswer: async (event) => {
      queryClient.setQueryData(trpc.events.get.queryKey({ eventId: event.id }), event);
      void queryClient.invalidateQueries({ queryKey: trpc.events.list.pathKey() });
      dropDraft();
      // In the place of the form: the way back leads to where one came from, not to an empty form.
      await navigate({ to: "/events/$eventId", params: { eventId: event.id }, replace: true });
    },
    onRefusal: (error) => onRefused(toProblem(error).issues ?? []),
  });
}
