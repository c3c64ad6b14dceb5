import type { DrawPage, ListDrawInput } from "@tsudoi/shared/draws.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import * as z from "zod/mini";
import { requireUser } from "#core/auth/require-user.ts";
import type { Context } from "#core/db/context.ts";
import { readCursor, writeCursor } from "#core/db/cursor.ts";
import { findVisible } from "./find-visible.ts";
import { selectLots } from "./select-lots.ts";

const MAX_RANK = 2 ** 31 - 1;
const Rank = z.tuple([z.int().check(z.gte(1), z.lte(MAX_RANK))]);

/** The order that was drawn, for whoever sees the event and without a name; nothing before the draw. */
export async function listDraw(ctx: Context, input: ListDrawInput): Promise<DrawPage> {
  const { organizationId } = requireUser(ctx);
  const { eventId, cursor, limit } = input;
  const [after] = cursor === undefined ? [0] : readCursor(cursor, Rank);
  const visible = await findVisible(ctx, [eventId]);
  if (!visible.has(eventId)) throw new DomainError("NOT_FOUND");
  const rows = await selectLots(ctx, { organizationId, eventId }, { after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const goesOn = rows.length > limit && last !== undefined;
  return { items, nextCursor: goesOn ? writeCursor([last.rank]) : null };
}
