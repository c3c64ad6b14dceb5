import { MAX_QUESTIONS, type Question } from "@tsudoi/shared/questions.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { Plus, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { moved, newQuestion } from "./question-changes.ts";
import { QuestionEditor } from "./question-editor.tsx";
import { placeOf } from "./question-place.ts";
import { QuestionPreview } from "./question-preview.tsx";
import { brokenConditions, NO_FIELD_PROBLEMS, type QuestionProblems } from "./question-problems.ts";
import "./question-builder.css";

/** The id of the button that brings a question back. */
const UNDO = "question-undo";

type Props = {
  value: Question[];
  onChange: (questions: Question[]) => void;
  /** What was refused; what a move breaks it tells by itself. */
  issues: QuestionProblems;
};

/** The questions of an event as they are written, in both languages, with what people will see below. */
export function QuestionBuilder({ value, onChange, issues }: Props) {
  const { locale, texts } = useTexts();
  const t = texts.questions.builder;
  const [said, say] = useState("");
  const [removed, setRemoved] = useState<{ question: Question; index: number }>();
  const focusNext = useFocusNext();
  const broken = brokenConditions(value);
  const nameOf = (question: Question, index: number) =>
    localized(question.label, locale).text.trim() || t.number(index + 1);
  const isFull = value.length >= MAX_QUESTIONS;

  function add(): void {
    const question = newQuestion();
    setRemoved(undefined);
    onChange([...value, question]);
    focusNext(`${placeOf(question.id)}-${locale}`);
  }
  function move(index: number, to: number): void {
    const question = value[index];
    if (question === undefined || to < 0 || to >= value.length) return;
    onChange(moved(value, index, to));
    say(t.moved(nameOf(question, index), to + 1));
    focusNext(`${placeOf(question.id)}-${to < index ? "up" : "down"}`);
  }
  function remove(index: number): void {
    const question = value[index];
    if (question === undefined) return;
    onChange(value.toSpliced(index, 1));
    setRemoved({ question, index });
    focusNext(UNDO);
  }
  function bringBack(): void {
    if (removed === undefined) return;
    const { question, index } = removed;
    onChange(value.toSpliced(index, 0, question));
    setRemoved(undefined);
    say(t.back(nameOf(question, index)));
    focusNext(`${placeOf(question.id)}-${locale}`);
  }
  return (
    <div className="question-builder">
      {value.length === 0 && <p className="faint">{t.none}</p>}
      <ol>
        {value.map((question, index) => (
          <li key={question.id}>
            <QuestionEditor
              place={placeOf(question.id)}
              questions={value}
              index={index}
              nameOf={nameOf}
              onChange={(changed) => onChange(value.with(index, changed))}
              onMove={(to) => move(index, to)}
              onRemove={() => remove(index)}
              problems={
                new Map([
                  ...(issues.get(question.id) ?? NO_FIELD_PROBLEMS),
                  ...(broken.get(question.id) ?? NO_FIELD_PROBLEMS),
                ])
              }
            />
          </li>
        ))}
      </ol>
      {removed && (
        <div className="question-removed">
          <span role="status">{t.removed(nameOf(removed.question, removed.index))}</span>
          <Button id={UNDO} tone="quiet" size="small" onPress={bringBack}>
            <Undo2 aria-hidden="true" />
            {t.undo}
          </Button>
        </div>
      )}
      <div className="question-add">
        <Button tone="quiet" isOff={isFull} onPress={add}>
          <Plus aria-hidden="true" />
          {t.add}
        </Button>
        <span className="faint">{t.count(value.length, MAX_QUESTIONS)}</span>
        {isFull && <span className="faint">{t.full(MAX_QUESTIONS)}</span>}
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {value.length > 0 && <QuestionPreview questions={value} />}
    </div>
  );
}

/** Where a thing goes, the focus goes with it: once what was asked for is there. */
function useFocusNext(): (id: string) => void {
  const wanted = useRef<string>(undefined);
  useEffect(() => {
    if (wanted.current === undefined) return;
    document.getElementById(wanted.current)?.focus();
    wanted.current = undefined;
  });
  return (id) => {
    wanted.current = id;
  };
}
