import cookie from "@fastify/cookie";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { MAX_BODY_BYTES } from "@tsudoi/shared/system.ts";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from "fastify";
import { boundBodies, UPLOAD_MS } from "./body-time.ts";
import { addCalendarRoute } from "./calendar-route.ts";
import type { Config } from "./config.ts";
import { type Platform, requestIdOf } from "./context.ts";
import { addCoverRoutes } from "./cover-routes.ts";
import { addDevMailbox } from "./dev-mailbox.ts";
import { toErrorShape, WIRE } from "./errors.ts";
import { addFilesRoute } from "./files-route.ts";
import { addHealth, type Health } from "./health.ts";
import { measureHttp } from "./http-metrics.ts";
import { addTrpcRoute } from "./trpc-route.ts";
import { answerUnreadable } from "./unreadable-request.ts";
import { addWebFiles, type SendPage } from "./web-files.ts";

const REQUEST_TIMEOUT_MS = 10_000;
const LATE_CHECK_MS = 1_000;
const MAX_HEADER_BYTES = 16 * 1_024;
/** A batch of ten names with room to spare. */
const MAX_PATH_PARAM = 1_000;

export type ServerOptions = { config: Config; platform: Platform; health: Health };

export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { config, platform } = options;
  const server = Fastify({
    loggerInstance: platform.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    // Lines carry their call already; a logger for each request would be made for nothing.
    childLoggerFactory: (logger) => logger,
    trustProxy: config.trustProxy,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: UPLOAD_MS,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: 72_000,
    forceCloseConnections: "idle",
    // Until its socket is closed, whoever still asks a process that leaves is answered.
    return503OnClosing: false,
    clientErrorHandler: answerUnreadable,
    // An address that no route can even be looked for passes no hook.
    frameworkErrors: (error, request, reply) => {
      addStandardHeaders(request, reply);
      answerError(platform, { error, request, reply });
    },
    http: {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: REQUEST_TIMEOUT_MS,
      requestTimeout: UPLOAD_MS,
      // Node looks for late requests this often only, every 30 s by default.
      connectionsCheckingInterval: LATE_CHECK_MS,
    },
    routerOptions: { maxParamLength: MAX_PATH_PARAM },
    genReqId: (request) => requestIdOf(request.headers["x-request-id"]),
  });
  readJsonOnly(server);
  await server.register(cookie);
  server.addHook("onRequest", (request, reply, done) => {
    addStandardHeaders(request, reply);
    done();
  });
  server.setErrorHandler((error, request, reply) =>
    answerError(platform, { error, request, reply }),
  );
  boundBodies(server);
  measureHttp(server, options);
  addHealth(server, options.health);
  addTrpcRoute(server, { platform, publicUrl: config.publicUrl });
  addCalendarRoute(server, { platform, host: platform.calendarHost });
  addFilesRoute(server, platform);
  addCoverRoutes(server, { platform, publicUrl: config.publicUrl });
  if (config.mailboxUrl !== undefined) addDevMailbox(server, config.mailboxUrl);
  const webDir = config.webDir;
  answerNotFound(server, webDir === undefined ? undefined : await addWebFiles(server, webDir));
  return server;
}

function addStandardHeaders(request: FastifyRequest, reply: FastifyReply): void {
  reply.header("x-request-id", request.id);
  reply.header("x-content-type-options", "nosniff");
}

/** A form of another site can send everything but this. */
const JSON_TYPE = /^application\/json(?:\s*;|$)/i;

function readJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(JSON_TYPE, { parseAs: "string" }, (_request, body, done) => {
    if (body === "") return done(null, undefined);
    try {
      done(null, JSON.parse(body.toString()));
    } catch {
      done(refusedBody("invalid_json", "not JSON"));
    }
  });
}

function refusedBody(code: string, message: string): DomainError {
  return new DomainError("VALIDATION", { issues: [{ path: "(body)", code, message }] });
}

/** What Fastify itself refuses, in the same shape as a procedure's refusal. */
const BY_FASTIFY = new Map<string, { status: number; code: string; message: string }>([
  [
    "FST_ERR_CTP_INVALID_MEDIA_TYPE",
    { status: 415, code: "unsupported_media_type", message: "not taken here" },
  ],
  ["FST_ERR_CTP_BODY_TOO_LARGE", { status: 413, code: "too_big", message: "too many bytes" }],
]);

type Failed = { error: unknown; request: FastifyRequest; reply: FastifyReply };

function answerError(platform: Platform, { error, request, reply }: Failed): FastifyReply {
  const known =
    error instanceof Error && "code" in error ? BY_FASTIFY.get(String(error.code)) : undefined;
  const refusal = known === undefined ? asRefusal(error) : refusedBody(known.code, known.message);
  const status = known?.status ?? WIRE[refusal.reason].status;
  if (refusal.reason === "INTERNAL") platform.log.error({ err: error }, "a request failed");
  const { retryAfterMs } = refusal.details;
  if (retryAfterMs !== undefined) reply.header("retry-after", Math.ceil(retryAfterMs / 1_000));
  // Closed at once, as Fastify would, a proxy that is still sending meets a reset instead of the answer.
  if (known?.code === "too_big") reply.removeHeader("connection");
  return reply.status(status).send({ error: toErrorShape(refusal, { requestId: request.id }) });
}

const NEVER_A_PAGE = /^\/(?:trpc|assets)\//;

/** Every address that is nothing else is a page of the SPA, which knows its own. */
function answerNotFound(server: FastifyInstance, sendPage: SendPage | undefined): void {
  server.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === "GET" && !NEVER_A_PAGE.test(request.url);
    if (sendPage !== undefined && wantsPage) return sendPage(reply);
    const refusal = toErrorShape(new DomainError("NOT_FOUND"), { requestId: request.id });
    return reply.status(WIRE.NOT_FOUND.status).send({ error: refusal });
  });
}

const FIRST_SERVER_STATUS = 500;

function asRefusal(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  const isClients =
    error instanceof Error &&
    "statusCode" in error &&
    typeof error.statusCode === "number" &&
    error.statusCode < FIRST_SERVER_STATUS;
  return isClients
    ? refusedBody("bad_request", "the request could not be read")
    : new DomainError("INTERNAL", {}, { cause: error });
}
