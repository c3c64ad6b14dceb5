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
  isRequired?: boolean;
  /** Shown instead of the hint, and read out with the field. */
  error?: ReactNode;
};

/** The device's own list: quick on phones, known to every screen reader. */
export function Select({ label, hint, error, isRequired, ...field }: Props) {
  const { name, value, options, onChange } = field;
  const id = useId();
  const about = error ?? hint;
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
          aria-required={isRequired}
          {...(error === undefined ? {} : { "aria-invalid": true, "data-invalid": true })}
          {...(about === undefined ? {} : { "aria-describedby": `${id}-about` })}
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
      {about !== undefined && (
        <span id={`${id}-about`} className={error === undefined ? "field-hint" : "field-error"}>
          {about}
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
