import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { changedIn, type EventDraft } from "./event-draft.ts";

type Props = {
  /** The event as it was for both, and what each made of it. */
  sides: { base: EventDraft; mine: EventDraft; theirs: EventDraft };
  onTheirs: () => void;
  onMine: () => void;
};

/** Another change was first, perhaps one of one's own in another tab: says what it was, and leaves the choice. */
export function ConflictNotice({ sides, onTheirs, onMine }: Props) {
  const { locale } = useTexts();
  const { editor: t } = useManageTexts();
  const { base, mine, theirs } = sides;
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const changed = changedIn(base, theirs);
  const own = new Set(changedIn(base, mine));
  const both = changed.filter(
    (field) => own.has(field) && JSON.stringify(mine[field]) !== JSON.stringify(theirs[field]),
  );
  const named = (fields: (keyof EventDraft)[]) =>
    list.format(fields.map((field) => t.fields[field]));
  return (
    <Notice
      tone="warn"
      title={t.conflict}
      live
      focus
      actions={
        <>
          <Button size="small" onPress={onMine}>
            {t.keepMine}
          </Button>
          <Button tone="quiet" size="small" onPress={onTheirs}>
            {t.seeTheirs}
          </Button>
        </>
      }
    >
      <p>{t.conflictBy}</p>
      {changed.length > 0 && <p>{t.conflictTheirs(named(changed))}</p>}
      {both.length > 0 && <p>{t.conflictBoth(named(both))}</p>}
    </Notice>
  );
}
