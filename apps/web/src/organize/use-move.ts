import type { MoveInput, MoveUndo } from "@tsudoi/shared/registrations.ts";
import { useState } from "react";
import { useTRPCClient } from "#web/api.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { useIntention } from "#web/use-intention.ts";
import { useRefreshPeople } from "./managed-event.ts";

export type Wanted = MoveInput & { name: string };

/** What was done, and the way back where there is one. */
type Done = { words: string; back?: Wanted };

/** An organiser's exception to the order of a queue, said with what undoes it. */
export function useMove(eventId: string) {
  const client = useTRPCClient();
  const { waitlist: t } = useManageTexts();
  const refresh = useRefreshPeople(eventId);
  const [done, setDone] = useState<Done>();
  const { mutate, ...move } = useIntention({
    send: ({ name: _, ...input }: Wanted, options) =>
      client.registrations.move.mutate(input, options),
    onAnswer: () => void refresh(),
    onRefusal: () => void refresh(),
  });
  const words = { confirmed: t.seated, first: t.toFirst, last: t.toLast, back: t.undone };
  function start(wanted: Wanted): void {
    setDone(undefined);
    mutate(wanted, {
      onSuccess: ({ undo }) =>
        setDone({ words: words[wanted.to](wanted.name), ...way(wanted, undo) }),
    });
  }
  return { ...move, start, done };
}

function way({ registrationId, name, to }: Wanted, undo: MoveUndo | undefined): { back?: Wanted } {
  // The way back of a way back would be the first move again, which is there as a button.
  if (undo === undefined || to === "back") return {};
  return { back: { registrationId, name, to: "back", undo } };
}
