import type { CoverChanged, CoverInput } from "@tsudoi/shared/covers.ts";
import { authorise } from "#core/auth/authorise.ts";
import { confirmActor } from "#core/auth/confirm-actor.ts";
import type { Context } from "#core/db/context.ts";
import { transaction } from "#core/db/transaction.ts";
import { lockEvents } from "./lock-events.ts";
import { canChange, refuseUnchangeable } from "./refuse-change.ts";
import { writeCover } from "./write-cover.ts";

/** Takes the picture from an event, and from those of its series that are meant; one that has none stays as it was. */
export async function removeCover(ctx: Context, input: CoverInput): Promise<CoverChanged> {
  authorise(ctx, "events.browse");
  return transaction(ctx, async (open) => {
    const tx = await confirmActor(open);
    const { target, others } = await lockEvents(tx, { ...input, may: "events.edit" });
    refuseUnchangeable(target, tx.now());
    const rows = [target, ...others.filter((row) => canChange(row, tx.now()))].filter(
      ({ coverId }) => coverId !== null,
    );
    if (rows.length > 0) {
      await writeCover(tx, { rows, action: "events.removeCover", coverId: null });
    }
    return { cover: null, version: target.version + (target.coverId === null ? 0 : 1) };
  });
}
