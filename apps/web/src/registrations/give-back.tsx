import type { Event } from "@tsudoi/shared/events.ts";
import { personName } from "@tsudoi/shared/person-name.ts";
import type { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { useCancelRule } from "./cancel-rule.ts";
import { LeaveButton } from "./leave-button.tsx";
import type { OwnActions } from "./use-own-actions.ts";

type Props = {
  event: Event;
  registration: { id: string; status: (typeof LIVE_STATUSES)[number] };
  actions: OwnActions;
};

/** Ends one's registration: a seat until the deadline, a place in a queue at any time. */
export function GiveBack({ event, registration: { id, status }, actions }: Props) {
  const { attend: t } = useAttendTexts().texts;
  const { moment, isLate, rule } = useCancelRule(event);
  if (status === "confirmed" && isLate) {
    const names = event.organizers.slice(0, 3).map(personName);
    return (
      <div className="faint give-back">
        <b>{t.lateTitle}</b>
        <p>{t.late(moment)}</p>
        {names.length > 0 && <p>{t.askWhom(names)}</p>}
      </div>
    );
  }
  return (
    <div className="give-back">
      <LeaveButton
        status={status}
        isAwaited={event.waitlistLength > 0}
        isPending={actions.cancel.isPending}
        look={{ tone: "ghost", wide: true }}
        onLeave={() => actions.cancel.mutate({ registrationId: id })}
      />
      {status === "confirmed" && <p className="faint">{rule}</p>}
    </div>
  );
}
