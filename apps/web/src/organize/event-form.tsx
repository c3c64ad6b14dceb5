import type { Event } from "@tsudoi/shared/events.ts";
import type { FormEvent, ReactNode } from "react";
import { useRef } from "react";
import { useFocusFirstProblem } from "#web/problems/use-focus-first-problem.ts";
import { AdmissionSection } from "./draft-admission.tsx";
import { AudienceSection } from "./draft-audience.tsx";
import { DeadlinesSection } from "./draft-deadlines.tsx";
import { DraftPreview } from "./draft-preview.tsx";
import type { DraftField } from "./draft-problems.ts";
import { QuestionsSection } from "./draft-questions.tsx";
import { RepeatSection } from "./draft-repeat.tsx";
import { PlaceSection, SeatsSection } from "./draft-seats.tsx";
import { TextSection } from "./draft-texts.tsx";
import { TimeSection } from "./draft-times.tsx";
import type { EventDraft } from "./event-draft.ts";
import { useFocusField } from "./use-focus-field.ts";
import type { useFormProblems } from "./use-form-problems.ts";
import "./event-form.css";

/** What every section of the form gets. */
export type SectionProps = {
  draft: EventDraft;
  change: (changed: Partial<EventDraft>) => void;
  problemAt: (field: DraftField) => string | undefined;
};

type Props = {
  id: string;
  title: string;
  lead: ReactNode;
  /** What is settled before the fields. */
  first?: ReactNode;
  draft: EventDraft;
  /** Absent: it is to be made, alone or as a series. */
  event?: Event;
  change: (changed: Partial<EventDraft>) => void;
  problems: ReturnType<typeof useFormProblems>;
  onSubmit: () => void;
  /** What stands below the preview: what was refused, and the buttons. */
  children: ReactNode;
};

/** The form of an event in both languages, with what others will see beside it. */
export function EventForm({ id, draft, event, problems, ...props }: Props) {
  const form = useRef<HTMLFormElement>(null);
  useFocusFirstProblem(form, problems.refused);
  useFocusField(form);
  const section: SectionProps = {
    draft,
    change: (changed) => {
      props.change(changed);
      problems.forget(changed);
    },
    problemAt: problems.problemAt,
  };
  function submit(sent: FormEvent): void {
    sent.preventDefault();
    problems.judgeAnew();
    props.onSubmit();
  }
  return (
    <div className="page event-form">
      <div className="event-form-head">
        <h1>{props.title}</h1>
        <div className="muted">{props.lead}</div>
      </div>
      <form ref={form} id={id} onSubmit={submit} noValidate>
        {props.first}
        <TextSection {...section} />
        <TimeSection {...section} />
        {event === undefined && <RepeatSection {...section} />}
        <PlaceSection {...section} />
        <SeatsSection {...section} />
        <AdmissionSection {...section} />
        <AudienceSection {...section} />
        <DeadlinesSection {...section} />
        <QuestionsSection {...section} problems={problems.asked} />
      </form>
      <div className="event-form-side">
        <DraftPreview draft={draft} event={event} />
        <div className="event-form-end">{props.children}</div>
      </div>
    </div>
  );
}
