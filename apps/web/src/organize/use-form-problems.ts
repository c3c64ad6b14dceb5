import type { FieldIssue } from "@tsudoi/shared/errors.ts";
import { useState } from "react";
import {
  NO_PROBLEMS,
  questionProblems,
  withoutChangedQuestions,
} from "#web/questions/question-problems.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import {
  type DraftField,
  type DraftProblems,
  problemsOf,
  withoutChanged,
} from "./draft-problems.ts";
import type { EventDraft } from "./event-draft.ts";

/** What was refused, told at the fields until they are changed. */
export function useFormProblems(draft: EventDraft) {
  const { texts } = useTexts();
  const { editor, organize: t } = useManageTexts();
  const [problems, setProblems] = useState<DraftProblems>({});
  const [asked, setAsked] = useState(NO_PROBLEMS);
  /** More than the capacity that was asked for. */
  const [taken, setTaken] = useState<number>();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const left = Object.keys(problems).length + asked.size + (taken === undefined ? 0 : 1);
  return {
    asked,
    /** In the order of the last refusal, for the focus. */
    refused,
    // Once every field that was refused is changed, there is nothing left to point at.
    isCorrected: refused.length > 0 && left === 0,
    /** The words of a refusal that has a number. */
    instead:
      taken === undefined
        ? {}
        : {
            CAPACITY_BELOW_TAKEN: {
              title: editor.capacityTaken(taken),
              next: texts.refusals.CAPACITY_BELOW_TAKEN.next,
            },
          },
    judge(issues: readonly FieldIssue[]): void {
      const found = problemsOf(draft, issues);
      const foundAsked = questionProblems(draft.questions, issues);
      setProblems(found);
      setAsked(foundAsked);
      setRefused([...Object.keys(found), ...foundAsked.keys()]);
    },
    refuseCapacity(seatsTaken: number): void {
      setTaken(seatsTaken);
      setRefused(["capacity"]);
    },
    judgeAnew(): void {
      setProblems({});
      setAsked(NO_PROBLEMS);
      setTaken(undefined);
      setRefused([]);
    },
    forget(changed: Partial<EventDraft>): void {
      setProblems((before) => withoutChanged(before, changed));
      const { questions = draft.questions } = changed;
      setAsked((before) => withoutChangedQuestions(before, draft.questions, questions));
      if ("capacity" in changed) setTaken(undefined);
    },
    problemAt(field: DraftField): string | undefined {
      if (field === "capacity" && taken !== undefined) return editor.capacityTaken(taken);
      const words = problems[field];
      return words && t.problems[words];
    },
  };
}
