import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import files from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";

const YEAR_SECONDS = 31_536_000;
const NONCE_BYTES = 16;
const NONCE_PLACE = "__CSP_NONCE__";

export type SendPage = (reply: FastifyReply) => FastifyReply;

/** The built SPA: hashed assets for a year, the page itself always fresh and under a strict policy. */
export async function addWebFiles(server: FastifyInstance, webDir: string): Promise<SendPage> {
  const page = await readFile(path.join(webDir, "index.html"), "utf8");
  const sendPage: SendPage = (reply) => {
    const nonce = randomBytes(NONCE_BYTES).toString("base64");
    return reply
      .headers(pageHeaders(nonce))
      .type("text/html; charset=utf-8")
      .send(page.replaceAll(NONCE_PLACE, nonce));
  };
  await server.register(files, {
    root: path.resolve(webDir),
    index: false,
    wildcard: true,
    cacheControl: false,
    setHeaders: (reply, file) => {
      const isHashed = file.includes(`${path.sep}assets${path.sep}`);
      reply.header(
        "cache-control",
        isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : "no-cache",
      );
    },
  });
  for (const path of ["/", "/index.html"]) server.get(path, (_request, reply) => sendPage(reply));
  return sendPage;
}

function pageHeaders(nonce: string): Record<string, string> {
  return {
    "cache-control": "no-store",
    "content-security-policy": [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: blob:",
      "media-src 'self'",
      "manifest-src 'self'",
      "worker-src 'self'",
      "connect-src 'self'",
      "font-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types tsudoi",
    ].join("; "),
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=()",
    "strict-transport-security": `max-age=${YEAR_SECONDS}; includeSubDomains`,
    "x-frame-options": "DENY",
  };
}
