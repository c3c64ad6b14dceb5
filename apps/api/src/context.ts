import { randomUUID } from "node:crypto";
import type { CalendarHost } from "@tsudoi/core/calendars/read-calendar.ts";
import type { Actor, Context } from "@tsudoi/core/db/context.ts";
import type { SeatWatch } from "@tsudoi/core/events/seat-watch.ts";
import { deadlineIn } from "@tsudoi/core/platform/deadline.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { IdempotencyKey } from "@tsudoi/shared/ids.ts";
import type { SystemInfo } from "@tsudoi/shared/system.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Limits } from "./rate-limits.ts";
import { clearRefreshCookie, readRefreshCookie, writeRefreshCookie } from "./refresh-cookie.ts";

/** What a process has once and every call shares. */
export type Platform = Omit<Context, "actor" | "deadline" | "idempotencyKey"> & {
  metrics: Metrics;
  limits: Limits;
  calendarHost: CalendarHost;
  seatWatch: SeatWatch;
  info: SystemInfo;
};

export type ApiContext = Context & {
  metrics: Metrics;
  limits: Limits;
  calendarHost: CalendarHost;
  seatWatch: SeatWatch;
  info: SystemInfo;
  request: {
    id: string;
    ip: string;
    userAgent: string | undefined;
    refreshToken: string | undefined;
    keepRefresh: (token: string, expiresAt: Date) => void;
    dropRefresh: () => void;
  };
};

/** Inner waits are shorter than this, the server's own time-out is longer. */
const CALL_MS = 8_000;
const MAX_USER_AGENT = 200;

export async function createApiContext(
  platform: Platform,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<ApiContext> {
  const idempotencyKey = readIdempotencyKey(request);
  return {
    ...platform,
    actor: await readActor(platform, request.headers.authorization),
    deadline: deadlineIn(CALL_MS),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    request: {
      id: request.id,
      ip: request.ip,
      userAgent: request.headers["user-agent"]?.slice(0, MAX_USER_AGENT),
      refreshToken: readRefreshCookie(request),
      keepRefresh: (token, expiresAt) => writeRefreshCookie(reply, { token, expiresAt }),
      dropRefresh: () => clearRefreshCookie(reply),
    },
  };
}

/** A token that does not hold is nobody's: it opens nothing, and keeps nobody from signing in or renewing it. */
async function readActor(platform: Platform, authorization: string | undefined): Promise<Actor> {
  if (authorization === undefined) return { kind: "anonymous" };
  const [scheme, token] = authorization.split(" ", 2);
  if (scheme?.toLowerCase() !== "bearer" || token === undefined) return { kind: "anonymous" };
  const claims = await platform.tokens.verifyAccess(token, platform.now());
  return claims === undefined ? { kind: "anonymous" } : { kind: "user", ...claims };
}

function readIdempotencyKey(request: FastifyRequest): string | undefined {
  const header = request.headers["idempotency-key"];
  if (header === undefined) return undefined;
  const parsed = IdempotencyKey.safeParse(header);
  if (parsed.success) return parsed.data;
  throw new DomainError("VALIDATION", {
    issues: [
      { path: "idempotency-key", code: "invalid_format", message: "1 to 128 printable characters" },
    ],
  });
}

/** A caller's own id is kept where it is plain, so that one id follows a tap from the screen to the mail. */
const REQUEST_ID = /^[A-Za-z0-9_-]{8,64}$/;

export function requestIdOf(header: string | string[] | undefined): string {
  return typeof header === "string" && REQUEST_ID.test(header) ? header : randomUUID();
}
