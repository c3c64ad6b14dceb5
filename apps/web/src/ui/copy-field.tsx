import { Copy } from "lucide-react";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button } from "./button.tsx";
import "./field.css";
import "./copy-field.css";

type Props = {
  label: string;
  value: string;
  texts: { copy: string; copied: string; byHand: string };
  /** What its neighbour says already is said to screen readers only. */
  isLabelHidden?: boolean;
  hint?: ReactNode;
};

/** Where a browser cannot fit the field to what is in it. */
const LINES = 3;

/** An address to paste elsewhere, seen to its end, which is what tells it from others: copied by a press, or selected where the browser copies nothing. */
export function CopyField({ label, value, texts, isLabelHidden = false, hint }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState("");
  const id = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setSaid(texts.copied);
    } catch {
      // Over plain HTTP there is no clipboard to write to.
      field.current?.select();
      setSaid(texts.byHand);
    }
  };
  return (
    <div className="field">
      <label className={isLabelHidden ? "visually-hidden" : "field-label"} htmlFor={id}>
        {label}
      </label>
      <div className="copy-line">
        <textarea
          ref={field}
          id={id}
          className="input"
          rows={LINES}
          readOnly
          value={value}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button tone="quiet" onPress={() => void copy()}>
          <Copy aria-hidden="true" />
          {texts.copy}
        </Button>
      </div>
      <p className="field-hint" role="status">
        {said}
      </p>
      {hint !== undefined && (
        <div id={`${id}-hint`} className="field-hint">
          {hint}
        </div>
      )}
    </div>
  );
}
