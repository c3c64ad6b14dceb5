import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isTransient } from "@tsudoi/shared/errors.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import { useRef } from "react";
import { newIdempotencyKey, useTRPC, useTRPCClient } from "#web/api.ts";
import { silentRetryMs, toProblem } from "#web/problems/problem.ts";

/** Registers once per intention: until a definite answer, every further try carries the same key. */
export function useRegister(eventId: string) {
  const client = useTRPCClient();
  const key = useRef<string>(undefined);
  const takeIn = useTakeIn(eventId);
  return useMutation({
    mutationFn: () => {
      key.current ??= newIdempotencyKey();
      const context = { idempotencyKey: key.current };
      return client.registrations.register.mutate({ eventId }, { context });
    },
    retry: (attempt, error) => silentRetryMs(error, attempt) !== false,
    retryDelay: (attempt, error) => silentRetryMs(error, attempt) || 0,
    onSuccess: (answer) => {
      key.current = undefined;
      takeIn(answer);
    },
    onError: (error) => {
      const { reason } = toProblem(error);
      if (reason === "UNREACHABLE" || isTransient(reason)) return;
      key.current = undefined;
      takeIn();
    },
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
      const waiting = registration.status === "waitlisted" ? 1 : 0;
      queryClient.setQueryData(
        trpc.events.get.queryKey({ eventId }),
        (event) =>
          event && {
            ...event,
            myStatus: registration.status,
            myRegistration: registration,
            seatsTaken: Math.min(event.capacity, event.seatsTaken + seats),
            waitlistLength: event.waitlistLength + waiting,
          },
      );
    }
    void queryClient.invalidateQueries({ queryKey: trpc.events.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.registrations.pathKey() });
  };
}
