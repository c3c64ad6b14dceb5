import { useState } from "react";
import { useTRPCClient } from "#web/api.ts";
import { useIntention } from "#web/use-intention.ts";
import { type Decided, type Decision, inBatches, NOTHING_DECIDED, together } from "./decisions.ts";
import { useRefreshPeople } from "./managed-event.ts";

type Decide = {
  eventId: string;
  registrationIds: string[];
  decision: Decision;
  reason?: string;
};

type Wanted = { ids: readonly string[]; decision: Decision; reason: string };

/** Decides on any number of people, a call's worth at a time; where one call fails, what came before it stays told. */
export function useDecide(eventId: string) {
  const client = useTRPCClient();
  const refresh = useRefreshPeople(eventId);
  const [decided, setDecided] = useState<Decided>();
  const [isPending, setPending] = useState(false);
  const call = useIntention({
    send: (input: Decide, options) => client.registrations.decideMany.mutate(input, options),
    onAnswer: () => undefined,
    onRefusal: () => undefined,
  });
  /** Whose turn did not come is left over. */
  async function decide({ ids, decision, reason }: Wanted): Promise<{ left: string[] }> {
    setPending(true);
    setDecided(undefined);
    let all = NOTHING_DECIDED;
    const left = [...ids];
    try {
      for (const registrationIds of inBatches(ids)) {
        const words = reason.trim();
        const input = { eventId, registrationIds, decision };
        all = together(
          all,
          await call.mutateAsync(words === "" ? input : { ...input, reason: words }),
        );
        left.splice(0, registrationIds.length);
      }
    } catch {
      // It is told as the call's own error.
    }
    if (left.length < ids.length) setDecided({ ...all, decision });
    setPending(false);
    await refresh();
    return { left: [...all.refused.map(({ registrationId }) => registrationId), ...left] };
  }
  function forget(): void {
    setDecided(undefined);
    call.reset();
  }
  return { decide, decided, error: call.error, isPending, forget };
}
