import type { Event, OwnRegistration } from "@tsudoi/shared/events.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Button } from "#web/ui/button.tsx";
import { useCancelRule } from "./cancel-rule.ts";
import { LeaveButton } from "./leave-button.tsx";
import type { OwnActions } from "./use-own-actions.ts";

type Props = { event: Event; registration: OwnRegistration; actions: OwnActions };

/** A held seat is taken with one press, knowing until when it can be given back; it is let go only knowingly. */
export function OfferAnswer({ event, registration, actions }: Props) {
  const { attend: t } = useAttendTexts().texts;
  const { isLate, rule } = useCancelRule(event);
  const acted = { registrationId: registration.id };
  const { accept, decline } = actions;
  return (
    <div className="offer-answer">
      <Button
        size="large"
        wide
        isPending={accept.isPending}
        working={t.accepting}
        onPress={() => {
          if (!decline.isPending) accept.mutate(acted);
        }}
      >
        {t.accept}
      </Button>
      <LeaveButton
        status="offered"
        isAwaited={event.waitlistLength > 0}
        isPending={decline.isPending}
        look={{ size: "large" }}
        onLeave={() => decline.mutate(acted)}
      />
      <p className="faint">{isLate ? t.cancelPast : rule}</p>
    </div>
  );
}
