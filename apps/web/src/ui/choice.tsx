import { type ReactNode, useId } from "react";
import "./choice.css";
import "./field.css";

type GroupProps = { label: ReactNode; error?: ReactNode };

type Option<Value extends string> = { value: Value; label: ReactNode; hint?: ReactNode };

type ChoiceProps<Value extends string> = GroupProps & {
  name: string;
  /** Absent while nothing is chosen. */
  value: Value | undefined;
  options: Option<Value>[];
  onChange: (value: Value) => void;
  isRequired?: boolean;
};

/** One of a few, each with a sentence of what it means where its name does not say it. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { label, error, name, value, options, onChange, isRequired } = props;
  return (
    <Group label={label} error={error}>
      {options.map((option) => (
        <Tick
          key={option.value}
          type="radio"
          name={name}
          label={option.label}
          hint={option.hint}
          isOn={option.value === value}
          onChange={() => onChange(option.value)}
          isRequired={isRequired}
          isInvalid={error !== undefined}
        />
      ))}
    </Group>
  );
}

type ChoicesProps<Value extends string> = GroupProps & {
  name: string;
  value: readonly Value[];
  options: Option<Value>[];
  onChange: (value: Value[]) => void;
};

/** Any of a few. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { label, error, name, value, options, onChange } = props;
  const without = (one: Value) => value.filter((other) => other !== one);
  return (
    <Group label={label} error={error}>
      {options.map((option) => (
        <Tick
          key={option.value}
          type="checkbox"
          name={name}
          label={option.label}
          hint={option.hint}
          isOn={value.includes(option.value)}
          onChange={(isOn) => onChange(isOn ? [...value, option.value] : without(option.value))}
          isInvalid={error !== undefined}
        />
      ))}
    </Group>
  );
}

function Group({ label, error, children }: GroupProps & { children: ReactNode }) {
  const id = useId();
  return (
    <fieldset className="choice" {...(error === undefined ? {} : { "aria-describedby": id })}>
      <legend className="field-label">{label}</legend>
      {children}
      {error !== undefined && (
        <span id={id} className="field-error">
          {error}
        </span>
      )}
    </fieldset>
  );
}

type TickProps = {
  type: "radio" | "checkbox";
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  isRequired?: boolean | undefined;
  isInvalid?: boolean;
};

export function Tick({ type, name, label, hint, isOn, onChange, ...state }: TickProps) {
  const { isRequired, isInvalid = false } = state;
  const id = useId();
  return (
    <div className="tick">
      <input
        id={id}
        type={type}
        name={name}
        checked={isOn}
        required={isRequired}
        onChange={(event) => onChange(event.target.checked)}
        {...(isInvalid ? { "aria-invalid": true } : {})}
        {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
      />
      <label htmlFor={id}>{label}</label>
      {hint !== undefined && (
        <span id={`${id}-hint`} className="field-hint">
          {hint}
        </span>
      )}
    </div>
  );
}
