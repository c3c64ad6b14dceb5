import { Copy } from "lucide-react";
import { type RefObject, useState } from "react";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Button } from "#web/ui/button.tsx";

type Props = {
  text: string;
  label: string;
  /** What shows the text: selected where the browser copies nothing. */
  shown: RefObject<HTMLElement | null>;
};

/** Copies a text, and says so. */
export function CopyButton({ text, label, shown }: Props) {
  const { draw: t } = useAttendTexts().texts.attend;
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(t.copied);
    } catch {
      // Over plain HTTP there is no clipboard to write to.
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
      setSaid(t.byHand);
    }
  };
  return (
    <div className="copy">
      <Button tone="quiet" size="small" onPress={() => void copy()}>
        <Copy aria-hidden="true" />
        {label}
      </Button>
      <span className="field-hint" role="status">
        {said}
      </span>
    </div>
  );
}
