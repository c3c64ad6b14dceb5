import { useQueryClient } from "@tanstack/react-query";
import type {
  RegistrationChange,
  RegistrationIdInput,
  RegistrationStatus,
} from "@tsudoi/shared/registrations.ts";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { useIntention } from "#web/use-intention.ts";
import { isLive } from "./booking.ts";

export type OwnAction = "accept" | "decline" | "cancel";

export type OwnActions = ReturnType<typeof useOwnActions>;

/** What one does about one's own registration; each is done once, however often it is sent. */
export function useOwnActions(eventId: string, onDone?: (done: OwnAction) => void) {
  const { acceptOffer, declineOffer, cancel } = useTRPCClient().registrations;
  return {
    accept: useOwnAction(eventId, acceptOffer.mutate, () => onDone?.("accept")),
    decline: useOwnAction(eventId, declineOffer.mutate, () => onDone?.("decline")),
    cancel: useOwnAction(eventId, cancel.mutate, () => onDone?.("cancel")),
  };
}

type Send = (
  input: RegistrationIdInput,
  options: { context: { idempotencyKey: string } },
) => Promise<RegistrationChange>;

function useOwnAction(eventId: string, send: Send, onDone: () => void) {
  const takeIn = useTakeIn(eventId);
  return useIntention({
    send,
    onAnswer: (answer) => {
      onDone();
      return takeIn(answer);
    },
    onRefusal: () => void takeIn(),
  });
}

/** The last refusal there was, of whichever action. */
export function refusalOf({ accept, decline, cancel }: OwnActions): unknown {
  return accept.error ?? decline.error ?? cancel.error;
}

/** Shows the answer at once and has everything else that knows the registration ask again. */
function useTakeIn(eventId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return async (answer?: RegistrationChange) => {
    if (answer) {
      const { eventId: _, ...registration } = answer.registration;
      const seats = trpc.events.get.queryKey({ eventId });
      queryClient.setQueryData(seats, (event) => {
        if (!event) return event;
        const { myStatus: _status, myRegistration: _mine, ...others } = event;
        return isLive(registration.status)
          ? { ...event, myStatus: registration.status, myRegistration: registration }
          : { ...others, endedRegistration: ended(registration) };
      });
    }
    void queryClient.invalidateQueries({ queryKey: trpc.events.pathKey() });
    await queryClient.invalidateQueries({ queryKey: trpc.registrations.pathKey() });
  };
}

function ended({ id, status }: { id: string; status: RegistrationStatus }) {
  return status === "cancelled" ? { id, status, endedBy: "attendee" as const } : { id, status };
}
