import type { Question } from "@tsudoi/shared/questions.ts";
import { localized } from "@tsudoi/shared/text.ts";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Choice, Choices } from "#web/ui/choice.tsx";
import { Field } from "#web/ui/field.tsx";
import { Select } from "#web/ui/select.tsx";

/** More than these are found quicker in a list that opens. */
const MOST_ON_SHOW = 8;

type Typed = string | string[];

type Props = {
  question: Question;
  /** Apart from those of other forms on the page. */
  name: string;
  typed: Typed | undefined;
  onChange: (typed: Typed) => void;
  error: string | undefined;
};

/** One question, in the control of its kind. */
export function QuestionField(props: Props) {
  const { question, name, typed, onChange, error } = props;
  const line = {
    label: <Label question={question} />,
    name,
    value: typeof typed === "string" ? typed : "",
    onChange,
    isRequired: question.required,
    error,
  };
  switch (question.kind) {
    case "text":
      return <Field {...line} rows={2} />;
    case "number":
      return <Field {...line} inputMode="decimal" />;
    case "date":
      return <Field {...line} type="date" />;
    case "choice":
    case "yes_no":
      return <OneOf {...props} />;
    case "multiple":
      return <AnyOf {...props} />;
  }
}

function OneOf({ question, name, typed, onChange, error }: Props) {
  const { locale, texts } = useTexts();
  const t = texts.questions;
  const { kind, options, required } = question;
  const value = typeof typed === "string" ? typed : "";
  const label = <Label question={question} />;
  const common = { label, name, onChange, isRequired: required, error };
  if (options.length > MOST_ON_SHOW) {
    const known = options.map((option) => ({
      value: option.id,
      label: localized(option.label, locale).text,
    }));
    return (
      <Select {...common} value={value} options={[{ value: "", label: t.choose }, ...known]} />
    );
  }
  const yesNo = [
    { value: "yes", label: t.yes },
    { value: "no", label: t.no },
  ];
  return (
    <>
      <Choice
        {...common}
        value={value}
        options={kind === "yes_no" ? yesNo : options.map(toOption)}
      />
      {!required && value !== "" && (
        <Button tone="ghost" size="small" onPress={() => onChange("")}>
          {t.clear}
        </Button>
      )}
    </>
  );
}

function AnyOf({ question, name, typed, onChange, error }: Props) {
  return (
    <Choices
      label={<Label question={question} />}
      name={name}
      value={Array.isArray(typed) ? typed : []}
      options={question.options.map(toOption)}
      onChange={onChange}
      error={error}
    />
  );
}

function toOption({ id, label }: Question["options"][number]) {
  return { value: id, label: <Localized text={label} /> };
}

function Label({ question }: { question: Question }) {
  const { texts } = useTexts();
  return (
    <>
      <Localized text={question.label} />
      {!question.required && <span className="faint"> ({texts.questions.optional})</span>}
    </>
  );
}
