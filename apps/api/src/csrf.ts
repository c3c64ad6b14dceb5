import { DomainError } from "@tsudoi/shared/errors.ts";
import type { FastifyRequest } from "fastify";
import { readRefreshCookie } from "./refresh-cookie.ts";

/**
 * No page of another site changes anything here: a call that says it comes from elsewhere is refused, and one that
 * carries the cookie must also carry a header that a form cannot send.
 */
export function refuseCrossSite(request: FastifyRequest, publicUrl: string): void {
  const site = header(request, "sec-fetch-site");
  const origin = header(request, "origin");
  const isOwnOrigin = origin !== undefined && isOwn(origin, request, publicUrl);
  if (site === "cross-site" || (origin !== undefined && !isOwnOrigin))
    throw new DomainError("FORBIDDEN");
  if (readRefreshCookie(request) === undefined) return;
  if (header(request, "x-csrf") !== "1") throw new DomainError("FORBIDDEN");
  if (site !== undefined && site !== "same-origin" && !isOwnOrigin)
    throw new DomainError("FORBIDDEN");
}

/** `null`, which sandboxed frames send, is nobody's. */
function isOwn(origin: string, request: FastifyRequest, publicUrl: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { host, protocol } = new URL(origin);
  const isPage = protocol === "https:" || protocol === "http:";
  return origin === new URL(publicUrl).origin || (isPage && host === request.headers.host);
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
