import { ChevronDown } from "lucide-react";
import { type ReactNode, useId } from "react";
import "./field.css";
import "./select.css";

export type Option = { value: string; label: string };

type Props = {
  label: ReactNode;
  hint?: ReactNode;
  name: string;
  value: string;
  options: Option[] | { label: string; options: Option[] }[];
  onChange: (value: string) => void;
};

/** The device's own list: quick on phones, known to every screen reader. */
export function Select({ label, hint, name, value, options, onChange }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <span className="select">
        <select
          id={id}
          className="input"
          name={name}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          {...(hint === undefined ? {} : { "aria-describedby": `${id}-hint` })}
        >
          {options.map((option) =>
            "options" in option ? (
              <optgroup key={option.label} label={option.label}>
                <Options options={option.options} />
              </optgroup>
            ) : (
              <Options key={option.value} options={[option]} />
            ),
          )}
        </select>
        <ChevronDown aria-hidden="true" />
      </span>
      {hint !== undefined && (
        <span id={`${id}-hint`} className="field-hint">
          {hint}
        </span>
      )}
    </div>
  );
}

function Options({ options }: { options: Option[] }) {
  return options.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}
