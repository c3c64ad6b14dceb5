import { feedToken } from "@tsudoi/core/calendars/feed-token.ts";
import { getEntry } from "@tsudoi/core/calendars/get-entry.ts";
import { getFeed } from "@tsudoi/core/calendars/get-feed.ts";
import { rotate } from "@tsudoi/core/calendars/rotate.ts";
import { RegistrationIdInput } from "@tsudoi/shared/registrations.ts";
import { NoInput } from "@tsudoi/shared/system.ts";
import type { ApiContext } from "#api/context.ts";
import { keyed, procedure, router } from "#api/trpc.ts";

export const calendarsRouter = router({
  get: procedure
    .input(NoInput)
    .query(async ({ ctx }) => linkOf(ctx, feedToken(ctx, await getFeed(ctx)))),
  getEntry: procedure
    .input(RegistrationIdInput)
    .query(async ({ ctx, input }) => linkOf(ctx, (await getEntry(ctx, input)).token)),
  // The answer that is kept for a repeat holds no secret: the link is made when it is told.
  rotate: procedure
    .input(NoInput)
    .mutation(keyed(rotate, (ctx, feed) => linkOf(ctx, feedToken(ctx, feed)))),
});

function linkOf(ctx: ApiContext, token: string): { url: string } {
  return { url: new URL(`/calendar/${token}.ics`, ctx.calendarHost.publicUrl).href };
}
