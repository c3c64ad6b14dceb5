import { createHash } from "node:crypto";
import { calendarLink } from "@tsudoi/core/calendars/calendar-link.ts";
import { type CalendarHost, readCalendar } from "@tsudoi/core/calendars/read-calendar.ts";
import { runInCall } from "@tsudoi/core/platform/call.ts";
import { deadlineIn } from "@tsudoi/core/platform/deadline.ts";
import { networkOf } from "@tsudoi/core/platform/network.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Platform } from "./context.ts";

const READ_MS = 8_000;
/** Programs that ask more often than they were told get their own copy. */
const MAX_AGE_SECONDS = 300;

type CalendarRequest = FastifyRequest<{ Params: { token: string } }>;

/** Calendars for programs, which cannot sign in: the address is the secret, so nothing writes it down. */
export function addCalendarRoute(
  server: FastifyInstance,
  { platform, host }: { platform: Platform; host: CalendarHost },
): void {
  server.get("/calendar/:token.ics", async (request: CalendarRequest, reply) => {
    const { token } = request.params;
    const deadline = deadlineIn(READ_MS);
    const call = { name: "calendars.readCalendar", requestId: request.id, queries: 0, deadline };
    const text = await runInCall(call, async () => {
      const whose = calendarLink(platform.tokens.links, token)?.id ?? networkOf(request.ip);
      await platform.limits.consumeCalendar(request.ip, whose);
      const ctx = { ...platform, actor: { kind: "anonymous" as const }, deadline };
      return readCalendar(ctx, { token, host });
    });
    return send(request, reply, text);
  });
}

function send(request: CalendarRequest, reply: FastifyReply, text: string): FastifyReply {
  const etag = `"${createHash("sha256").update(text).digest("base64url")}"`;
  reply.headers({ etag, "cache-control": `private, max-age=${MAX_AGE_SECONDS}` });
  if (isKnown(request.headers["if-none-match"], etag)) return reply.status(304).send();
  return reply
    .type("text/calendar; charset=utf-8")
    .header("content-disposition", 'inline; filename="tsudoi.ics"')
    .send(text);
}

/** A proxy that packs the answer makes its tag a weak one. */
function isKnown(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
