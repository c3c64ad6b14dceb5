import type { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import { lazy, Suspense, useState } from "react";
import { part } from "#web/problems/part.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Button, type ButtonLook } from "#web/ui/button.tsx";

const Confirm = lazy(async () => ({
  default: (await part(import("#web/ui/confirm.tsx"))).Confirm,
}));

type Props = {
  status: (typeof LIVE_STATUSES)[number];
  /** Whether somebody waits for what is given back. */
  isAwaited: boolean;
  isPending: boolean;
  onLeave: () => void;
  look?: ButtonLook;
};

/** Gives a place back, after it has been said what that means. */
export function LeaveButton({ status, isAwaited, isPending, onLeave, look }: Props) {
  const { texts } = useAttendTexts();
  const [asks, setAsks] = useState<"never" | "now" | "before">("never");
  const t = texts.attend.leave[status];
  const body =
    status === "confirmed" && isAwaited ? texts.attend.leave.confirmed.bodyWaiting : t.body;
  return (
    <>
      <Button
        tone="quiet"
        size="small"
        {...look}
        isPending={isPending}
        working={texts.attend.leaving}
        onPress={() => setAsks("now")}
      >
        {t.press}
      </Button>
      {asks !== "never" && (
        <Suspense>
          <Confirm
            isOpen={asks === "now"}
            title={t.title}
            yes={t.yes}
            no={t.no}
            onYes={() => {
              setAsks("before");
              onLeave();
            }}
            onNo={() => setAsks("before")}
          >
            {body}
          </Confirm>
        </Suspense>
      )}
    </>
  );
}
