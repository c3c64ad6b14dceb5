import { callTRPCProcedure, getTRPCErrorFromUnknown } from "@trpc/server";
import { runInCall } from "@tsudoi/core/platform/call.ts";
import { type CallOutcome, toRpcMethod } from "@tsudoi/telemetry/names.ts";
import type { ApiContext } from "./context.ts";
import { type ErrorShape, toDomainError, toErrorShape } from "./errors.ts";
import { appRouter } from "./router.ts";
import { countError } from "./trpc.ts";

export type CallType = "query" | "mutation" | "subscription";
type Refused = { error: ErrorShape };
export type Answer = { result: { data: unknown } } | Refused;

type OneCall = {
  path: string;
  type: CallType;
  input: unknown;
  index: number;
  signal: AbortSignal | undefined;
};

/**
 * Every call passes here: its name for statements and log lines, its caller's budget, its outcome and time.
 * Around tRPC and not inside it: each middleware of its own copies the whole context.
 */
export async function callOne(ctx: ApiContext, { path, index, ...one }: OneCall): Promise<Answer> {
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
        getRawInput: () => Promise.resolve(one.input),
        ctx,
        type: one.type,
        signal: one.signal,
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

export function refuse(place: Place, path: string, error: unknown): Refused {
  countError(place, path, error);
  return toAnswer(place, path, error);
}

function toAnswer(place: Place, path: string, error: unknown): Refused {
  return { error: toErrorShape(toDomainError(error), { path, requestId: place.request.id }) };
}
