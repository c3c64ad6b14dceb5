import type { Question } from "@tsudoi/shared/questions.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Select } from "#web/ui/select.tsx";
import { answerOf, conditionOn, decidersBefore } from "./question-changes.ts";

type ShowIf = NonNullable<Question["showIf"]>;

type Props = {
  place: string;
  questions: readonly Question[];
  index: number;
  nameOf: (question: Question, index: number) => string;
  showIf: ShowIf | null;
  onChange: (showIf: ShowIf | null) => void;
  error: string | undefined;
};

/** Whether everyone is asked, or who gave a certain answer before; a condition that broke stays to be mended. */
export function ConditionFields({ place, questions, index, nameOf, ...condition }: Props) {
  const { showIf, onChange, error } = condition;
  const { texts } = useTexts();
  const t = texts.questions.builder;
  const deciders = decidersBefore(questions, index);
  const decider = questions.find(({ id }) => id === showIf?.questionId);
  const isBroken = showIf !== null && (decider === undefined || !deciders.includes(decider));
  if (deciders.length === 0 && showIf === null) return null;
  const named = (question: Question) => ({
    value: question.id,
    label: t.ifAnswered(nameOf(question, questions.indexOf(question))),
  });
  const broken = decider ? named(decider) : { value: "gone", label: t.ifAnswered(t.gone) };
  return (
    <>
      <Select
        label={t.showIf}
        name={`${place}-show-if`}
        value={showIf === null ? "" : (decider?.id ?? "gone")}
        onChange={(value) => {
          const chosen = deciders.find(({ id }) => id === value);
          onChange(chosen ? conditionOn(chosen) : null);
        }}
        options={[
          { value: "", label: t.always },
          ...deciders.map(named),
          ...(isBroken ? [broken] : []),
        ]}
        error={isBroken ? error : undefined}
      />
      {showIf && decider && !isBroken && (
        <Equals place={place} decider={decider} showIf={showIf} onChange={onChange} error={error} />
      )}
    </>
  );
}

type EqualsProps = Pick<Props, "place" | "onChange" | "error"> & {
  decider: Question;
  showIf: ShowIf;
};

function Equals({ place, decider, showIf, onChange, error }: EqualsProps) {
  const { locale, texts } = useTexts();
  const t = texts.questions;
  const answers =
    decider.kind === "yes_no"
      ? [
          { value: "yes", label: t.yes },
          { value: "no", label: t.no },
        ]
      : decider.options.map(({ id, label }, index) => ({
          value: id,
          label: localized(label, locale).text.trim() || t.builder.option(index + 1),
        }));
  const chosen = answerOf(showIf);
  const isKnown = answers.some(({ value }) => value === chosen);
  return (
    <Select
      label={t.builder.equals}
      name={`${place}-equals`}
      value={isKnown ? chosen : ""}
      onChange={(value) => onChange(conditionOn(decider, value))}
      options={isKnown ? answers : [{ value: "", label: t.choose }, ...answers]}
      error={error}
    />
  );
}
