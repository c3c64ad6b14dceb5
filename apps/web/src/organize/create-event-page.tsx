import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { CreateEventInput } from "@tsudoi/shared/events.ts";
import { type FormEvent, useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useFocusFirstProblem } from "#web/problems/use-focus-first-problem.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { readerZone } from "#web/time/zoned.ts";
import { Button } from "#web/ui/button.tsx";
import { useIntention } from "#web/use-intention.ts";
import { DraftPreview } from "./draft-preview.tsx";
import { PlaceSection, SeatsSection } from "./draft-seats.tsx";
import { TextSection, TimeSection } from "./draft-sections.tsx";
import { type DraftField, type EventDraft, emptyDraft, fieldsOf, toInput } from "./event-draft.ts";
import "./create-event-page.css";

/** What every section of the form gets. */
export type SectionProps = {
  draft: EventDraft;
  change: (changed: Partial<EventDraft>) => void;
  problemAt: (field: DraftField) => string | undefined;
};

export function CreateEventPage() {
  const { texts } = useTexts();
  const t = texts.organize;
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(() => emptyDraft(readerZone(), new Date()));
  const [problems, setProblems] = useState<DraftField[]>([]);
  const create = useCreate(setProblems);
  useFocusFirstProblem(form, problems);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setProblems([]);
    create.mutate(toInput(draft));
  }
  const section: SectionProps = {
    draft,
    change: (changed) => setDraft((before) => ({ ...before, ...changed })),
    problemAt: (field) => (problems.includes(field) ? t.problems[field] : undefined),
  };

  return (
    <div className="page create-event">
      <title>{texts.app.title(t.newTitle)}</title>
      <div className="create-head">
        <h1>{t.newTitle}</h1>
        <p className="muted">{t.newLead}</p>
      </div>
      <form ref={form} onSubmit={submit} noValidate>
        <TextSection {...section} />
        <TimeSection {...section} />
        <SeatsSection {...section} />
        <PlaceSection {...section} />
        {create.isError && <ProblemNotice error={create.error} />}
        <Button type="submit" size="large" isPending={create.isPending}>
          {t.save}
        </Button>
      </form>
      <DraftPreview draft={draft} />
    </div>
  );
}

function useCreate(onRefused: (fields: DraftField[]) => void) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useIntention({
    send: (input: CreateEventInput, options) => client.events.create.mutate(input, options),
    onAnswer: async (event) => {
      queryClient.setQueryData(trpc.events.get.queryKey({ eventId: event.id }), event);
      void queryClient.invalidateQueries({ queryKey: trpc.events.list.pathKey() });
      await navigate({ to: "/events/$eventId", params: { eventId: event.id } });
    },
    onRefusal: (error) =>
      onRefused(fieldsOf((toProblem(error).issues ?? []).map(({ path }) => path))),
  });
}
