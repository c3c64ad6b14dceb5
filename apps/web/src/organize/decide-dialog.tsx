import { type FormEvent, useState } from "react";
import { useManageTexts } from "#web/texts/manage.ts";
import { Button } from "#web/ui/button.tsx";
import { Dialog } from "#web/ui/dialog.tsx";
import { Field } from "#web/ui/field.tsx";
import type { Decision } from "./decisions.ts";
import { Optional } from "./draft-labels.tsx";

const MAX_REASON = 500;

type Props = {
  /** What is asked about; nothing while nothing is. */
  decision: Decision | undefined;
  people: number;
  /** Nobody hears of it any more. */
  isPast: boolean;
  isPending: boolean;
  onDecide: (reason: string) => void;
  onClose: () => void;
};

/** Says what follows from a decision, and asks for words to those whom it is against. */
export function DecideDialog({ decision, people, isPast, isPending, ...props }: Props) {
  const { bulk: t } = useManageTexts();
  // It is on its way out when there is no decision any more.
  const [last, setLast] = useState(decision);
  if (decision !== undefined && decision !== last) setLast(decision);
  const shown = decision ?? last;
  const [reason, setReason] = useState("");
  if (shown === undefined) return null;
  const isLong = reason.trim().length > MAX_REASON;
  const { onDecide, onClose } = props;
  const takesReason = shown !== "seat";
  function submit(sent: FormEvent): void {
    sent.preventDefault();
    if (isPending || isLong) return;
    onDecide(takesReason ? reason : "");
    setReason("");
  }
  return (
    <Dialog
      isOpen={decision !== undefined}
      title={t.titles[shown](people)}
      close={t.no}
      onClose={onClose}
    >
      <form onSubmit={submit}>
        <p className="muted">{isPast ? t.over : t.bodies[shown]}</p>
        {takesReason && (
          <Field
            label={<Optional label={t.reason} />}
            hint={isPast ? t.reasonHintOver : t.reasonHint}
            rows={3}
            value={reason}
            onChange={setReason}
            error={isLong ? t.reasonLong : undefined}
          />
        )}
        <div className="confirm-actions">
          <Button tone="quiet" onPress={onClose}>
            {t.no}
          </Button>
          <Button type="submit" isPending={isPending}>
            {t.yes[shown]}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
