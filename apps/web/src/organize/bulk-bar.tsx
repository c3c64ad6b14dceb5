import { useId } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import type { Decision } from "./decisions.ts";
import "./bulk-bar.css";

type Props = {
  selected: number;
  decisions: Decision[];
  /** None of them can be given a seat. */
  lacksSeat: boolean;
  isPending: boolean;
  onDecide: (decision: Decision) => void;
  onClear: () => void;
};

/** Stays at the edge of the screen while people are selected. */
export function BulkBar({ selected, decisions, lacksSeat, ...props }: Props) {
  const { bulk: t, waitlist } = useManageTexts();
  const { isPending, onDecide, onClear } = props;
  const why = useId();
  const isOff = (decision: Decision) => decision === "seat" && lacksSeat;
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
          {decisions.some(isOff) && (
            <p id={why} className="faint">
              {waitlist.noSeat}
            </p>
          )}
          {decisions.map((decision) => (
            <Button
              key={decision}
              size="small"
              tone={decision === decisions[0] && decision !== "cancel" ? "primary" : "quiet"}
              isOff={isOff(decision)}
              describedBy={isOff(decision) ? why : undefined}
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
