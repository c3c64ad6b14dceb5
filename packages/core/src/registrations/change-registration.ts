import { DomainError } from "@tsudoi/shared/errors.ts";
import type { RegistrationChange } from "@tsudoi/shared/registrations.ts";
import type { Context } from "#core/db/context.ts";
import { changeSeats } from "./change-seats.ts";
import { findHeld } from "./find-held.ts";
import type { EventKey, LockedEvent } from "./lock-event.ts";
import { readChange } from "./read-change.ts";
import type { Held, Move } from "./seat-rules.ts";

export type OneChange = {
  action: string;
  decide: (event: LockedEvent, held: Held) => Promise<Move[]> | Move[];
};

/** One registration's move, decided from the row as it stands under its event's lock. */
export async function changeRegistration(
  tx: Context,
  key: EventKey & { registrationId: string },
  { action, decide }: OneChange,
): Promise<RegistrationChange> {
  const { organizationId, eventId, registrationId } = key;
  await changeSeats(
    tx,
    { organizationId, eventId },
    {
      action,
      decide: async (event) => {
        const [held] = await findHeld(tx, key, [registrationId]);
        if (held === undefined) throw new DomainError("NOT_FOUND");
        return decide(event, held);
      },
    },
  );
  return readChange(tx, key);
}
