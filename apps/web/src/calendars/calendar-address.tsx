import { Copy } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import "#web/ui/field.css";

/** The address to paste elsewhere: copied by a press, or selected where the browser copies nothing. */
export function CalendarAddress({ url }: { url: string }) {
  const { calendars: t } = useTexts().texts;
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState("");
  const id = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      setSaid(t.copied);
    } catch {
      // Over plain HTTP there is no clipboard to write to.
      field.current?.select();
      setSaid(t.byHand);
    }
  };
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {t.address}
      </label>
      <div className="address-line">
        <input
          ref={field}
          id={id}
          className="input"
          readOnly
          value={url}
          aria-describedby={`${id}-hint`}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button tone="quiet" onPress={() => void copy()}>
          <Copy aria-hidden="true" />
          {t.copy}
        </Button>
      </div>
      <p className="field-hint" role="status">
        {said}
      </p>
      <div id={`${id}-hint`} className="field-hint">
        <p>{t.addressHint}</p>
        <p>{t.secret}</p>
      </div>
    </div>
  );
}
