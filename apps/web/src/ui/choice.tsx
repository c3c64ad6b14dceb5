import { type ReactNode, useId } from "react";
import "./choice.css";

type ChoiceProps<Value extends string> = {
  label: ReactNode;
  name: string;
  value: Value;
  options: { value: Value; label: ReactNode; hint: ReactNode }[];
  onChange: (value: Value) => void;
};

/** One of a few, each with a sentence of what it means. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, name, value, options, onChange } = props;
  return (
    <fieldset className="choice">
      <legend className="field-label">{label}</legend>
      {options.map((option) => (
        <Tick
          key={option.value}
          type="radio"
          name={name}
          label={option.label}
          hint={option.hint}
          isOn={option.value === value}
          onChange={() => onChange(option.value)}
        />
      ))}
    </fieldset>
  );
}

type TickProps = {
  type: "radio" | "checkbox";
  name: string;
  label: ReactNode;
  hint: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
};

export function Tick({ type, name, label, hint, isOn, onChange }: TickProps) {
  const id = useId();
  return (
    <div className="tick">
      <input
        id={id}
        type={type}
        name={name}
        checked={isOn}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <span id={`${id}-hint`} className="field-hint">
        {hint}
      </span>
    </div>
  );
}
