import { useQueryClient } from "@tanstack/react-query";
import type { Registered, RegisterInput } from "@tsudoi/shared/registrations.ts";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { useIntention } from "#web/use-intention.ts";

export function useRegister(eventId: string) {
  const client = useTRPCClient();
  const takeIn = useTakeIn(eventId);
  return useIntention({
    send: (input: RegisterInput, options) => client.registrations.register.mutate(input, options),
    onAnswer: takeIn,
    onRefusal: () => takeIn(),
  });
}

/** Shows the answer at once and has everything else that knows the event ask again. */
function useTakeIn(eventId: string) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return (answer?: Registered) => {
    if (answer) {
      const { eventId: _, ...registration } = answer.registration;
      const seats = registration.status === "confirmed" ? 1 : 0;
      const entered = registration.status === "pending" ? 1 : 0;
      const waiting = registration.status === "waitlisted" ? 1 : 0;
      queryClient.setQueryData(trpc.events.get.queryKey({ eventId }), (event) => {
        if (!event) return event;
        const { endedRegistration: _ended, ...others } = event;
        return {
          ...others,
          myStatus: registration.status,
          myRegistration: registration,
          seatsTaken: Math.min(event.capacity, event.seatsTaken + seats),
          waitlistLength: event.waitlistLength + waiting,
          entrants: event.entrants === null ? null : event.entrants + entered,
        };
      });
    }
    void queryClient.invalidateQueries({ queryKey: trpc.events.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.registrations.pathKey() });
  };
}
