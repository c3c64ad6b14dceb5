import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import type { Decision } from "./decisions.ts";
import "./bulk-bar.css";

type Props = {
  selected: number;
  decisions: Decision[];
  isPending: boolean;
  onDecide: (decision: Decision) => void;
  onClear: () => void;
};

/** Stays at the edge of the screen while people are selected. */
export function BulkBar({ selected, decisions, isPending, onDecide, onClear }: Props) {
  const { bulk: t } = useManageTexts();
  return (
    <section className="bulk-bar" aria-label={t.label} data-open={selected > 0 || undefined}>
      <div className="bulk-head">
        <p role="status">{selected > 0 && t.selected(selected)}</p>
        {selected > 0 && (
          <Button tone="ghost" size="small" onPress={onClear}>
            {t.clear}
          </Button>
        )}
      </div>
      {selected > 0 && (
        <div className="manage-actions">
          {decisions.length === 0 && <p className="faint">{t.nothing}</p>}
          {decisions.map((decision) => (
            <Button
              key={decision}
              size="small"
              tone={decision === decisions[0] ? "primary" : "quiet"}
              isPending={isPending}
              working={t.working}
              onPress={() => onDecide(decision)}
            >
              {t[decision]}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}
