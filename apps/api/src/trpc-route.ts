import { callTRPCProcedure, getTRPCErrorFromUnknown } from "@trpc/server";
import { runInCall } from "@tsudoi/core/platform/call.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { MAX_BATCH } from "@tsudoi/shared/system.ts";
import { type CallOutcome, toRpcMethod } from "@tsudoi/telemetry/names.ts";
import { errorCodes, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { type ApiContext, createApiContext, type Platform } from "./context.ts";
import { refuseCrossSite } from "./csrf.ts";
import { type ErrorShape, toDomainError, toErrorShape } from "./errors.ts";
import { appRouter } from "./router.ts";
import { countError } from "./trpc.ts";

type Route = {
  Params: { path: string };
  Querystring: { batch?: unknown; input?: unknown };
};
type TrpcRequest = FastifyRequest<Route>;
type Answer = { result: { data: unknown } } | { error: ErrorShape };
type Options = { platform: Platform; publicUrl: string };

const MULTI_STATUS = 207;

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
      const answers = await answerAll({ request, reply, paths, isBatch }, options);
      return send({ request, reply, paths, isBatch }, answers, options);
    },
  });
}

type Exchange = { request: TrpcRequest; reply: FastifyReply; paths: string[]; isBatch: boolean };

/** One answer for each call; where the request itself is refused, each call is refused with it. */
async function answerAll(exchange: Exchange, options: Options): Promise<Answer[]> {
  const { request, reply, paths, isBatch } = exchange;
  try {
    if (paths.length > MAX_BATCH) throw tooMany();
    const type = request.method === "POST" ? "mutation" : "query";
    if (type === "mutation") refuseCrossSite(request, options.publicUrl);
    const inputs = readInputs(exchange);
    const ctx = await createApiContext(options.platform, request, reply);
    return await Promise.all(
      paths.map((path, index) => callOne(ctx, { path, type, input: inputs[index], index })),
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
function readInputs({ request, paths, isBatch }: Exchange): unknown[] {
  const body = request.method === "POST" ? request.body : parseInput(request.query.input);
  if (!isBatch) return [body ?? {}];
  const byIndex = new Map(typeof body === "object" && body !== null ? Object.entries(body) : []);
  return paths.map((_, index) => byIndex.get(String(index)) ?? {});
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

type OneCall = { path: string; type: "query" | "mutation"; input: unknown; index: number };

/**
 * Every call passes here: its name for statements and log lines, its caller's budget, its outcome and time.
 * Around tRPC and not inside it: each middleware of its own copies the whole context.
 */
async function callOne(ctx: ApiContext, { path, type, input, index }: OneCall): Promise<Answer> {
  const rpcMethod = toRpcMethod(path);
  const call = { name: rpcMethod, requestId: ctx.request.id, queries: 0, deadline: ctx.deadline };
  const startedAt = performance.now();
  let outcome: CallOutcome = "ok";
  try {
    const data = await runInCall(call, async () => {
      await ctx.limits.consumeCall(ctx, path);
      return await callTRPCProcedure({
        router: appRouter,
        path,
        getRawInput: () => Promise.resolve(input),
        ctx,
        type,
        signal: undefined,
        batchIndex: index,
      });
    });
    return { result: { data } };
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown);
    outcome = countError(ctx, path, error);
    return toAnswer(ctx, path, error);
  } finally {
    const seconds = (performance.now() - startedAt) / 1_000;
    ctx.metrics.rpcServerCallDurationSeconds.observe({ rpc_method: rpcMethod, outcome }, seconds);
    ctx.metrics.rpcServerDbQueries.observe({ rpc_method: rpcMethod }, call.queries);
  }
}

type Place = Parameters<typeof countError>[0];

function refuse(place: Place, path: string, error: unknown): Answer {
  countError(place, path, error);
  return toAnswer(place, path, error);
}

function toAnswer(place: Place, path: string, error: unknown): Answer {
  return { error: toErrorShape(toDomainError(error), { path, requestId: place.request.id }) };
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
