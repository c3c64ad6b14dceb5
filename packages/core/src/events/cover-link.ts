import type { Cover } from "@tsudoi/shared/events.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import type { Context } from "#core/db/context.ts";
import type { Link } from "#core/platform/links.ts";

/** The picture of an event as its row tells it: organisation, file, width and height. */
export type CoverRow = [organizationId: string, id: string, width: number, height: number];

/**
 * Where a browser finds a picture, which asks for it without a token of its own: the address is the permission of
 * whoever was shown the event. It is the same all day, so that it is fetched once, and works until the next one ends.
 */
export function coverOf(ctx: Pick<Context, "tokens" | "now">, row: CoverRow | null): Cover | null {
  if (row === null) return null;
  const [organizationId, id, width, height] = row;
  const token = ctx.tokens.links.sign("cover", { organizationId, id, generation: today(ctx) });
  return { url: `/covers/${token}`, width, height };
}

/** The file that an address names, while it works. */
export function coverLink(
  ctx: Pick<Context, "tokens" | "now">,
  token: string,
): Omit<Link, "generation"> | undefined {
  const link = ctx.tokens.links.read("cover", token);
  const age = link === undefined ? Number.NaN : today(ctx) - link.generation;
  return age === 0 || age === 1 ? link : undefined;
}

function today({ now }: Pick<Context, "now">): number {
  return Math.floor(now().getTime() / DAY);
}
