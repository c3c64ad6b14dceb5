import { useManageTexts } from "#web/texts/manage.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { type Decided, refusedFor } from "./decisions.ts";

type Props = {
  decided: Decided;
  /** They were selected in a list, where those who are left still are. */
  isSelection?: boolean;
};

/** What became of a decision on many: for how many it was done, and for how many not and why. */
export function DecidedNotice({ decided, isSelection = false }: Props) {
  const { texts } = useTexts();
  const { decided: t } = useManageTexts();
  const { done, refused, decision } = decided;
  const doneWords = t.done[decision](done);
  if (refused.length === 0) return <Notice tone="ok" title={doneWords} live focus />;
  const reasons = refusedFor(decided).map(([reason, people]) =>
    t.refused[decision](people, t.why[reason] ?? texts.refusals[reason].title),
  );
  const [title, ...others] = done > 0 ? [doneWords, ...reasons] : reasons;
  return (
    <Notice tone="warn" title={title} live focus>
      {others.length > 0 && (
        <ul>
          {others.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {isSelection && <p>{t.keptSelected}</p>}
    </Notice>
  );
}
