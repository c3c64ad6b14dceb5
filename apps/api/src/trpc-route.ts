import { callTRPCProcedure, getTRPCErrorFromUnknown } from "@trpc/server";
import { DomainError } from "@tsudoi/shared/errors.ts";
import { MAX_BATCH } from "@tsudoi/shared/system.ts";
import { toRpcMethod } from "@tsudoi/telemetry/names.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type ApiContext, createApiContext, type Platform } from "./context.ts";
import { refuseCrossSite } from "./csrf.ts";
import { type ErrorShape, toDomainError, toErrorShape } from "./errors.ts";
import { appRouter } from "./router.ts";
import { countError } from "./trpc.ts";

type Answer = { result: { data: unknown } } | { error: ErrorShape };
type Calls = { paths: string[]; inputs: unknown[]; isBatch: boolean };

const MULTI_STATUS = 207;

/**
 * tRPC's own wire format straight from Fastify: the adapter's conversion to and from web requests
 * costs more than most procedures do.
 */
export function addTrpcRoute(
  server: FastifyInstance,
  options: { platform: Platform; publicUrl: string },
): void {
  server.route({
    method: ["GET", "POST"],
    url: "/trpc/:path",
    handler: async (request: FastifyRequest<{ Params: { path: string } }>, reply) => {
      const answers = await answer(request, reply, options);
      if (!Array.isArray(answers)) return send(reply, [answers], answers);
      return send(reply, answers, answers);
    },
  });
}

async function answer(
  request: FastifyRequest<{ Params: { path: string } }>,
  reply: FastifyReply,
  options: { platform: Platform; publicUrl: string },
): Promise<Answer | Answer[]> {
  const type = request.method === "POST" ? "mutation" : "query";
  const calls = readCalls(request);
  const refuse = (error: unknown) => {
    const refusal = toDomainError(error);
    const shape = (path?: string): Answer => ({
      error: toErrorShape(refusal, {
        requestId: request.id,
        ...(path === undefined ? {} : { path }),
      }),
    });
    return calls.isBatch && calls.paths.length <= MAX_BATCH
      ? calls.paths.map(shape)
      : shape(calls.paths[0]);
  };
  try {
    if (calls.paths.length > MAX_BATCH) throw tooMany();
    if (type === "mutation") refuseCrossSite(request, options.publicUrl);
    const ctx = await createApiContext(options.platform, request, reply);
    const answers = await Promise.all(
      calls.paths.map((path, index) =>
        callOne(ctx, { path, type, input: calls.inputs[index], index }),
      ),
    );
    const [only] = answers;
    return calls.isBatch || only === undefined ? answers : only;
  } catch (error) {
    return refuse(error);
  }
}

function tooMany(): DomainError {
  return new DomainError("VALIDATION", {
    issues: [
      { path: "batch", code: "too_big", message: `at most ${MAX_BATCH} calls in one request` },
    ],
  });
}

type OneCall = { path: string; type: "query" | "mutation"; input: unknown; index: number };

async function callOne(ctx: ApiContext, call: OneCall): Promise<Answer> {
  try {
    const data = await callTRPCProcedure({
      router: appRouter,
      path: call.path,
      getRawInput: () => Promise.resolve(call.input),
      ctx,
      type: call.type,
      signal: undefined,
      batchIndex: call.index,
    });
    return { result: { data } };
  } catch (thrown) {
    const error = getTRPCErrorFromUnknown(thrown);
    // A name that no procedure has never reached the middleware that counts.
    if (toRpcMethod(call.path) === "_OTHER") countError(ctx, call.path, error);
    return {
      error: toErrorShape(toDomainError(error), { path: call.path, requestId: ctx.request.id }),
    };
  }
}

function readCalls(request: FastifyRequest<{ Params: { path: string } }>): Calls {
  const query = request.query as { batch?: unknown; input?: unknown };
  const isBatch = query.batch === "1";
  const paths = isBatch ? request.params.path.split(",") : [request.params.path];
  const body = request.method === "POST" ? request.body : parseInput(query.input);
  if (!isBatch) return { paths, inputs: [emptyToNothing(body)], isBatch };
  const byIndex = new Map(typeof body === "object" && body !== null ? Object.entries(body) : []);
  return {
    paths,
    inputs: paths.map((_, index) => emptyToNothing(byIndex.get(String(index)))),
    isBatch,
  };
}

/** A procedure without input takes nothing or `{}`; the others say themselves what they miss. */
function emptyToNothing(input: unknown): unknown {
  return input === null ? undefined : input;
}

function parseInput(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

/** Refused by every input there is. */
const UNREADABLE = Symbol("unreadable input");

function send(reply: FastifyReply, answers: Answer[], body: Answer | Answer[]): FastifyReply {
  const statuses = new Set(
    answers.map((each) => ("error" in each ? each.error.data.httpStatus : 200)),
  );
  const [status = 200] = statuses;
  const waits = answers.map((each) => ("error" in each ? (each.error.data.retryAfterMs ?? 0) : 0));
  const longest = Math.max(0, ...waits);
  if (longest > 0) reply.header("retry-after", String(Math.ceil(longest / 1_000)));
  return reply
    .status(statuses.size > 1 ? MULTI_STATUS : status)
    .header("content-type", "application/json")
    .header("cache-control", "no-store")
    .send(JSON.stringify(body));
}
