import type { DecidedMany } from "@tsudoi/shared/registrations.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { refusedFor } from "./decisions.ts";

/** What became of a decision on many: how many it holds for, and for how many not and why. */
export function DecidedNotice({ decided }: { decided: DecidedMany }) {
  const { texts } = useTexts();
  const { bulk: t } = useManageTexts();
  const { done, refused } = decided;
  if (refused.length === 0) return <Notice tone="ok" title={t.done(done)} live focus />;
  return (
    <Notice tone="warn" title={t.doneAndRefused(done, refused.length)} live focus>
      <ul>
        {refusedFor(decided).map(([reason, people]) => (
          <li key={reason}>{t.refused(people, t.why[reason] ?? texts.refusals[reason].title)}</li>
        ))}
      </ul>
      <p>{t.keptSelected}</p>
    </Notice>
  );
}
