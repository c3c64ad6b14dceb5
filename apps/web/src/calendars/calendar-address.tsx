import { useTexts } from "#web/texts/texts.tsx";
import { CopyField } from "#web/ui/copy-field.tsx";

/** What a calendar subscribes to: whoever has it reads along. */
export function CalendarAddress({ url }: { url: string }) {
  const { calendars: t } = useTexts().texts;
  const hint = (
    <>
      <p>{t.addressHint}</p>
      <p>{t.secret}</p>
    </>
  );
  return <CopyField label={t.address} value={url} texts={t} hint={hint} />;
}
