import { inArray } from "drizzle-orm";
import type { Context } from "#core/db/context.ts";
import { registrations } from "#core/db/schema/registrations.ts";
import type { EventKey } from "./lock-event.ts";
import type { Held } from "./seat-rules.ts";
import { selectHeld } from "./select-held.ts";

/** Those of this event as they stand, in the order asked for; read them under its lock. */
export async function findHeld(tx: Context, key: EventKey, ids: string[]): Promise<Held[]> {
  const rows = await selectHeld(tx, key, inArray(registrations.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
