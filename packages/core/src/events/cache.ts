import type { Context } from "#core/db/context.ts";

export function eventCacheKey(organizationId: string, eventId: string): string {
  return `${organizationId}:${eventId}`;
}

/** Called after the commit: a reader that loads before it would keep the old row. */
export function forgetEvent(
  ctx: Pick<Context, "cache">,
  event: { organizationId: string; eventId: string },
): void {
  ctx.cache.forget("event_detail", eventCacheKey(event.organizationId, event.eventId));
}
