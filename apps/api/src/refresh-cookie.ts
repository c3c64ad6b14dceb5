import type {} from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

/** The prefix binds it to this host over HTTPS; browsers count localhost as secure. */
const NAME = "__Host-rt";
const ATTRIBUTES = { path: "/", httpOnly: true, secure: true, sameSite: "strict" } as const;

export function readRefreshCookie(request: FastifyRequest): string | undefined {
  return request.cookies[NAME];
}

export function writeRefreshCookie(
  reply: FastifyReply,
  cookie: { token: string; expiresAt: Date },
): void {
  reply.setCookie(NAME, cookie.token, { ...ATTRIBUTES, expires: cookie.expiresAt });
}

export function clearRefreshCookie(reply: FastifyReply): void {
  reply.clearCookie(NAME, ATTRIBUTES);
}
