import type { ReactNode } from "react";
import { FieldError } from "react-aria-components/FieldError";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField, type TextFieldProps } from "react-aria-components/TextField";
import "./field.css";

type Props = Omit<TextFieldProps, "children" | "className"> & {
  label: ReactNode;
  hint?: ReactNode;
  /** Shown instead of the hint, and read out with the field. */
  error?: ReactNode;
  rows?: number;
  placeholder?: string;
};

/** One line of text, or several with `rows`. What was typed stays when it is refused. */
export function Field({ label, hint, error, rows, placeholder, ...field }: Props) {
  const control = placeholder === undefined ? {} : { placeholder };
  return (
    <TextField
      {...field}
      isInvalid={error !== undefined}
      validationBehavior="aria"
      className="field"
    >
      <Label className="field-label">{label}</Label>
      {rows === undefined ? (
        <Input className="input" {...control} />
      ) : (
        <TextArea className="input" rows={rows} {...control} />
      )}
      {hint !== undefined && error === undefined && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  );
}
