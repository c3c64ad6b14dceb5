import { MAX_OPTIONS, type Question } from "@tsudoi/shared/questions.ts";
import { Plus, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { LabelFields } from "./label-fields.tsx";
import { newOption } from "./question-changes.ts";

type Options = Question["options"];

type Props = {
  place: string;
  options: Options;
  onChange: (options: Options) => void;
  errorAt: (field: string) => string | undefined;
};

/** What can be chosen, in both languages. */
export function OptionFields({ place, options, onChange, errorAt }: Props) {
  const { locale, texts } = useTexts();
  const t = texts.questions.builder;
  const idOf = (id: string) => `${place}-${id}`;
  const list = useRef<HTMLFieldSetElement>(null);
  const fresh = useRef<string>(undefined);
  useEffect(() => {
    if (fresh.current === undefined) return;
    document.getElementById(`${idOf(fresh.current)}-${locale}`)?.focus();
    fresh.current = undefined;
  });
  const isFull = options.length >= MAX_OPTIONS;
  const error = errorAt("options");

  function add(): void {
    const option = newOption();
    fresh.current = option.id;
    onChange([...options, option]);
  }
  function remove(index: number): void {
    onChange(options.toSpliced(index, 1));
    list.current?.focus();
  }
  return (
    <fieldset ref={list} tabIndex={-1} className="option-fields">
      <legend className="field-label">{t.options}</legend>
      <ol>
        {options.map((option, index) => (
          <li key={option.id}>
            <LabelFields
              id={idOf(option.id)}
              name={t.option(index + 1)}
              label={option.label}
              onChange={(label) => onChange(options.with(index, { ...option, label }))}
              errorAt={errorAt}
              field={`option.${option.id}.`}
            />
            <Button
              tone="ghost"
              size="small"
              label={t.removeOption(t.option(index + 1))}
              onPress={() => remove(index)}
            >
              <X aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ol>
      {error && <p className="field-error">{error}</p>}
      <Button tone="quiet" size="small" isOff={isFull} onPress={add}>
        <Plus aria-hidden="true" />
        {t.addOption}
      </Button>
      {isFull && <p className="faint">{t.fullOptions(MAX_OPTIONS)}</p>}
    </fieldset>
  );
}
