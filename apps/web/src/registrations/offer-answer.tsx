import type { Event, OwnRegistration } from "@tsudoi/shared/events.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Button } from "#web/ui/button.tsx";
import { LeaveButton } from "./leave-button.tsx";
import type { OwnActions } from "./use-own-actions.ts";

type Props = { event: Event; registration: OwnRegistration; actions: OwnActions };

/** A held seat is taken with one press; it is let go only knowingly. At the thumb on phones. */
export function OfferAnswer({ event, registration, actions }: Props) {
  const { attend: t } = useAttendTexts().texts;
  const acted = { registrationId: registration.id };
  const { accept, decline } = actions;
  return (
    <div className="action-bar offer-answer">
      <LeaveButton
        status="offered"
        isAwaited={event.waitlistLength > 0}
        isPending={decline.isPending}
        look={{ size: "large" }}
        onLeave={() => decline.mutate(acted)}
      />
      <Button
        size="large"
        isPending={accept.isPending}
        working={t.accepting}
        onPress={() => {
          if (!decline.isPending) accept.mutate(acted);
        }}
      >
        {t.accept}
      </Button>
    </div>
  );
}
