import {
  hasOptions,
  QUESTION_KINDS,
  type Question,
  type QuestionKind,
} from "@tsudoi/shared/questions.ts";
import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useRef } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Tick } from "#web/ui/choice.tsx";
import { Select } from "#web/ui/select.tsx";
import { ConditionFields } from "./condition-fields.tsx";
import { LabelFields } from "./label-fields.tsx";
import { OptionFields } from "./option-fields.tsx";
import { withKind } from "./question-changes.ts";
import type { FieldProblems } from "./question-problems.ts";

type Props = {
  /** Begins the ids of what may get the focus. */
  place: string;
  questions: readonly Question[];
  index: number;
  nameOf: (question: Question, index: number) => string;
  onChange: (question: Question) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
  problems: FieldProblems;
};

/** One question as it is written. */
export function QuestionEditor(props: Props) {
  const { place, questions, index, nameOf, onChange, problems } = props;
  const { texts } = useTexts();
  const t = texts.questions.builder;
  const question = questions[index];
  const spare = useRef<Question["options"]>([]);
  if (question === undefined) return null;
  const change = (changed: Partial<Question>) => onChange({ ...question, ...changed });
  const errorAt = (field: string) => {
    const words = problems.get(field);
    return words && t.problems[words];
  };
  function chooseKind(kind: QuestionKind): void {
    if (question === undefined) return;
    if (hasOptions(question.kind)) spare.current = question.options;
    onChange(withKind(question, kind, spare.current));
  }
  return (
    <fieldset className="question-editor">
      <legend className="field-label">{t.number(index + 1)}</legend>
      <Tools {...props} question={question} />
      <LabelFields
        id={place}
        name={t.label}
        label={question.label}
        onChange={(label) => change({ label })}
        errorAt={errorAt}
      />
      <div className="field-row">
        <Select
          label={t.kind}
          name={`${place}-kind`}
          value={question.kind}
          onChange={(value) => {
            const kind = QUESTION_KINDS.find((known) => known === value);
            if (kind) chooseKind(kind);
          }}
          options={QUESTION_KINDS.map((kind) => ({ value: kind, label: t.kinds[kind] }))}
        />
        <ConditionFields
          place={place}
          questions={questions}
          index={index}
          nameOf={nameOf}
          showIf={question.showIf ?? null}
          onChange={(showIf) => change({ showIf })}
          error={errorAt("showIf")}
        />
      </div>
      {hasOptions(question.kind) && (
        <OptionFields
          place={place}
          options={question.options}
          onChange={(options) => change({ options })}
          errorAt={errorAt}
        />
      )}
      <Tick
        type="checkbox"
        name={`${place}-required`}
        label={t.required}
        isOn={question.required}
        onChange={(required) => change({ required })}
      />
      {problems.has("other") && <p className="field-error">{errorAt("other")}</p>}
    </fieldset>
  );
}

/** Named after the question, so that each can be told from the others by ear. */
function Tools({
  place,
  question,
  questions,
  index,
  nameOf,
  onMove,
  onRemove,
}: Props & { question: Question }) {
  const { texts } = useTexts();
  const t = texts.questions.builder;
  const name = nameOf(question, index);
  return (
    <div className="question-tools">
      <Button
        id={`${place}-up`}
        tone="ghost"
        size="small"
        label={t.up(name)}
        isOff={index === 0}
        onPress={() => onMove(index - 1)}
      >
        <ArrowUp aria-hidden="true" />
      </Button>
      <Button
        id={`${place}-down`}
        tone="ghost"
        size="small"
        label={t.down(name)}
        isOff={index === questions.length - 1}
        onPress={() => onMove(index + 1)}
      >
        <ArrowDown aria-hidden="true" />
      </Button>
      <Button tone="ghost" size="small" label={t.remove(name)} onPress={onRemove}>
        <Trash2 aria-hidden="true" />
      </Button>
    </div>
  );
}
