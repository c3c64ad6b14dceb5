import { DomainError } from "@tsudoi/shared/errors.ts";
import { MAX_BATCH } from "@tsudoi/shared/system.ts";
import { type Procedure, toRpcMethod } from "@tsudoi/telemetry/names.ts";
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type Answer, type CallType, callOne, refuse } from "./call-one.ts";
import { createApiContext, type Platform } from "./context.ts";
import { refuseCrossSite } from "./csrf.ts";
import {
  EVENT_STREAM,
  endWithError,
  openStream,
  sendEvents,
  type Tracked,
} from "./event-stream.ts";

type Route = {
  Params: { path: string };
  Querystring: { batch?: unknown; input?: unknown };
};
type TrpcRequest = FastifyRequest<Route>;
type Options = { platform: Platform; publicUrl: string };

const MULTI_STATUS = 207;
/** Whose answer is a stream of events; never one of a batch. */
const STREAMS: ReadonlySet<string> = new Set<Procedure>(["events.watch"]);

/**
 * tRPC's own wire format straight from Fastify: the adapter's conversion to and from web requests
 * costs more than most procedures do.
 */
export function addTrpcRoute(server: FastifyInstance, options: Options): void {
  server.route<Route>({
    method: ["GET", "POST"],
    url: "/trpc/:path",
    onRequest: (request, _reply, done) => {
      // A body that is not there needs no parser, so nobody else would ask for its type.
      const isUntyped = request.method === "POST" && !request.headers["content-type"];
      done(isUntyped ? new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE("none") : undefined);
    },
    handler: async (request, reply) => {
      const isBatch = request.query.batch === "1";
      const paths = isBatch ? request.params.path.split(",") : [request.params.path];
      const type = typeOf(request, isBatch);
      const exchange = { request, reply, paths, isBatch, type };
      if (type === "subscription") return answerStream(exchange, options);
      const answers = await answerAll(exchange, options);
      return send(exchange, answers, options);
    },
  });
}

type Exchange = {
  request: TrpcRequest;
  reply: FastifyReply;
  paths: string[];
  isBatch: boolean;
  type: CallType;
  /** Of a stream: aborted when nobody reads it any more. */
  signal?: AbortSignal;
};

function typeOf(request: TrpcRequest, isBatch: boolean): CallType {
  if (request.method === "POST") return "mutation";
  return !isBatch && STREAMS.has(request.params.path) ? "subscription" : "query";
}

/** What cannot begin is refused like any call, but in a stream's words to who reads no others. */
async function answerStream(exchange: Exchange, options: Options): Promise<FastifyReply> {
  const { request, reply, paths } = exchange;
  const { raw } = reply;
  const stop = new AbortController();
  raw.once("close", () => stop.abort());
  const answers = await answerAll({ ...exchange, signal: stop.signal }, options);
  const [answer] = answers;
  const readsEvents = request.headers.accept?.includes(EVENT_STREAM) ?? false;
  if (answer === undefined || ("error" in answer && !readsEvents)) {
    return send(exchange, answers, options);
  }
  reply.hijack();
  if (stop.signal.aborted) return reply;
  openStream(reply);
  if ("error" in answer) return endWithError(reply, answer.error);
  try {
    // Of the procedures in STREAMS, whose answers are these.
    const events = answer.result.data as AsyncIterable<Tracked>;
    const keptUp = await sendEvents(raw, events, { signal: stop.signal });
    if (keptUp) return reply;
    stop.abort("slow");
    raw.destroy();
  } catch (error) {
    const { metrics, log } = options.platform;
    const refused = refuse({ metrics, log, request }, paths[0] ?? "", error);
    endWithError(reply, refused.error);
  }
  return reply;
}

/** One answer for each call; where the request itself is refused, each call is refused with it. */
async function answerAll(exchange: Exchange, options: Options): Promise<Answer[]> {
  const { request, reply, paths, isBatch, type, signal } = exchange;
  try {
    if (paths.length > MAX_BATCH) throw tooMany();
    if (type === "mutation") refuseCrossSite(request, options.publicUrl);
    const inputs = readInputs(exchange);
    const ctx = await createApiContext(options.platform, request, reply);
    return await Promise.all(
      paths.map((path, index) => callOne(ctx, { path, type, input: inputs[index], index, signal })),
    );
  } catch (error) {
    const refused = isBatch && paths.length <= MAX_BATCH ? paths : paths.slice(0, 1);
    const { metrics, log } = options.platform;
    return refused.map((path) => refuse({ metrics, log, request }, path, error));
  }
}

function tooMany(): DomainError {
  return new DomainError("VALIDATION", {
    issues: [
      { path: "batch", code: "too_big", message: `at most ${MAX_BATCH} calls in one request` },
    ],
  });
}

/** Nothing is the same as `{}`: whoever needs more says which field is missing. */
function readInputs({ request, paths, isBatch, type }: Exchange): unknown[] {
  const body = request.method === "POST" ? request.body : parseInput(request.query.input);
  if (type === "subscription") return [withLastEventId(body ?? {}, request)];
  if (!isBatch) return [body ?? {}];
  const byIndex = new Map(typeof body === "object" && body !== null ? Object.entries(body) : []);
  return paths.map((_, index) => byIndex.get(String(index)) ?? {});
}

/** A browser that comes back says in a header what it heard last. */
function withLastEventId(input: unknown, { headers }: TrpcRequest): unknown {
  const lastEventId = headers["last-event-id"];
  if (typeof input !== "object" || lastEventId === undefined) return input;
  return { ...input, lastEventId };
}

function parseInput(text: unknown): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(String(text));
  } catch {
    throw new DomainError("VALIDATION", {
      issues: [{ path: "input", code: "invalid_json", message: "not JSON" }],
    });
  }
}

function send(exchange: Exchange, answers: Answer[], { platform }: Options): FastifyReply {
  const { reply, paths, isBatch } = exchange;
  const statuses = new Set(answers.map(statusOf));
  const [status = 200] = statuses;
  const waits = answers.map((each) => ("error" in each ? (each.error.data.retryAfterMs ?? 0) : 0));
  const longest = Math.max(0, ...waits);
  if (longest > 0) reply.header("retry-after", String(Math.ceil(longest / 1_000)));
  const texts = answers.map((each) => JSON.stringify(each));
  for (const [index, text] of texts.entries()) {
    const size = { rpc_method: toRpcMethod(paths[index] ?? "") };
    platform.metrics.rpcServerResponseSizeBytes.observe(size, Buffer.byteLength(text));
  }
  return reply
    .status(statuses.size > 1 ? MULTI_STATUS : status)
    .header("content-type", "application/json")
    .header("cache-control", "no-store")
    .send(isBatch && answers.length === paths.length ? `[${texts.join(",")}]` : texts[0]);
}

function statusOf(answer: Answer): number {
  return "error" in answer ? answer.error.data.httpStatus : 200;
}
