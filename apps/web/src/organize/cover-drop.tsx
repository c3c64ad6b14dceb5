import { COVER_TYPES } from "@tsudoi/shared/covers.ts";
import { type DragEvent, type ReactNode, useRef, useState } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";

type FileProps = { onFile: (file: Blob | undefined) => void };

/** Where a picture can be dropped; what is in it does the same by a press. */
export function CoverDrop({ onFile, children }: FileProps & { children: ReactNode }) {
  const { covers: t, goesOn } = useManageTexts();
  const [isOver, setOver] = useState(false);
  const take = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    setOver(over);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same.
    <div
      className="cover-drop"
      {...(isOver ? { "data-over": "" } : {})}
      onDragOver={(event) => take(event, true)}
      onDragLeave={(event) => take(event, false)}
      onDrop={(event) => {
        take(event, false);
        onFile(event.dataTransfer.files[0]);
      }}
    >
      {children}
      <p className="faint">
        {isOver ? t.dropNow : goesOn(t.hint)}
        {!isOver && <span className="cover-drop-hint">{t.drop}</span>}
      </p>
    </div>
  );
}

type ChooserProps = FileProps & { label: string; isPending: boolean; autoFocus: boolean };

export function CoverChooser({ label, isPending, autoFocus, onFile }: ChooserProps) {
  const { covers: t } = useManageTexts();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        tone="quiet"
        isPending={isPending}
        working={t.reading}
        autoFocus={autoFocus}
        onPress={() => input.current?.click()}
      >
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={COVER_TYPES.join(",")}
        aria-label={label}
        onChange={({ currentTarget }) => {
          onFile(currentTarget.files?.[0]);
          // The same file can be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
