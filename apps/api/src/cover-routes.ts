import { readCover } from "@tsudoi/core/events/read-cover.ts";
import { setCover } from "@tsudoi/core/events/set-cover.ts";
import { runInCall } from "@tsudoi/core/platform/call.ts";
import { deadlineIn } from "@tsudoi/core/platform/deadline.ts";
import {
  COVER_TYPES,
  type CoverChanged,
  CoverInput,
  MAX_COVER_BYTES,
} from "@tsudoi/shared/covers.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { UPLOAD_MS } from "./body-time.ts";
import { type ApiContext, createApiContext, type Platform } from "./context.ts";
import { refuseCrossSite } from "./csrf.ts";
import { refusedInput } from "./errors.ts";

const READ_MS = 8_000;
/** From when it is there whole. */
const MAKE_MS = 9_500;
/** The address changes with the day, the picture behind it never. */
const DAY_SECONDS = 86_400;
const NO_PICTURE = { path: "picture", code: "unreadable", message: "send the picture as the body" };

type CoverRequest = FastifyRequest<{ Params: { token: string } }>;
type Upload = { Params: { eventId: string }; Querystring: Record<string, unknown> };
type UploadRequest = FastifyRequest<Upload>;

/** Pictures of events: in with a token and in one piece, out to whoever was told their address. */
export function addCoverRoutes(
  server: FastifyInstance,
  { platform, publicUrl }: { platform: Platform; publicUrl: string },
): void {
  server.get("/covers/:token", (request: CoverRequest, reply) => send(platform, request, reply));
  // Of its own: nowhere else is a picture a body.
  server.register((uploads, _options, ready) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser([...COVER_TYPES], { parseAs: "buffer" }, (_request, body, done) =>
      done(null, body),
    );
    const contexts = new WeakMap<FastifyRequest, ApiContext>();
    uploads.post<Upload>("/uploads/covers/:eventId", {
      bodyLimit: MAX_COVER_BYTES,
      // Whoever may not is told before the first byte of the picture is taken.
      onRequest: async (request, reply) => {
        refuseCrossSite(request, publicUrl);
        const ctx = await createApiContext(platform, request, reply);
        if (ctx.actor.kind !== "user") throw new DomainError("NOT_SIGNED_IN");
        await platform.limits.consumeUpload(ctx);
        contexts.set(request, ctx);
      },
      handler: (request, reply) => take(contexts.get(request), request, reply),
    });
    ready();
  });
}

async function send(
  platform: Platform,
  request: CoverRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  await platform.limits.consumeDownload(request.ip);
  const { token } = request.params;
  const deadline = deadlineIn(READ_MS);
  const ctx = { ...platform, actor: { kind: "anonymous" as const }, deadline };
  const call = { name: "events.readCover", requestId: request.id, queries: 0, deadline };
  const { mediaType, content } = await runInCall(call, () => readCover(ctx, { token }));
  // One address, one picture.
  const etag = `"${token}"`;
  reply.headers({
    etag,
    "cache-control": `private, max-age=${DAY_SECONDS}, immutable`,
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
  });
  if (request.headers["if-none-match"] === etag) return reply.status(304).send();
  return reply.type(mediaType).send(content);
}

async function take(
  ctx: ApiContext | undefined,
  request: UploadRequest,
  reply: FastifyReply,
): Promise<CoverChanged> {
  if (ctx === undefined) throw new DomainError("NOT_SIGNED_IN");
  // A picture that waits for its turn says nothing for longer than other connections may be silent.
  reply.raw.setTimeout(UPLOAD_MS);
  const input = CoverInput.safeParse({ ...request.query, ...request.params });
  if (!input.success) throw refusedInput(input.error);
  const bytes = request.body;
  if (!Buffer.isBuffer(bytes)) throw new DomainError("VALIDATION", { issues: [NO_PICTURE] });
  const deadline = deadlineIn(MAKE_MS);
  const call = { name: "events.setCover", requestId: request.id, queries: 0, deadline };
  reply.header("cache-control", "no-store");
  return runInCall(call, () => setCover({ ...ctx, deadline }, { ...input.data, bytes }));
}
