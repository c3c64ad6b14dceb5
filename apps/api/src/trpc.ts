import { initTRPC, type TrackedEnvelope, tracked } from "@trpc/server";
import type { Context } from "@tsudoi/core/db/context.ts";
import { giveAnswer } from "@tsudoi/core/idempotency/answers.ts";
import { once } from "@tsudoi/core/idempotency/once.ts";
import { requestHash } from "@tsudoi/core/idempotency/request-hash.ts";
import type { LinkPurpose } from "@tsudoi/core/platform/links.ts";
import { findEventOf } from "@tsudoi/core/registrations/find-event-of.ts";
import type { Reason } from "@tsudoi/shared/errors.ts";
import { type CallOutcome, PROCEDURES, toRpcMethod } from "@tsudoi/telemetry/names.ts";
import type { ApiContext } from "./context.ts";
import { toDomainError, toErrorShape, WIRE } from "./errors.ts";

const t = initTRPC.context<ApiContext>().create({
  errorFormatter: ({ error, path, ctx }) =>
    toErrorShape(toDomainError(error), {
      requestId: ctx?.request.id ?? "",
      ...(path === undefined ? {} : { path }),
    }),
});

export const router = t.router;

/** Anyone may call it; whether an actor is needed is the verb's to say. */
export const procedure = t.procedure;

type Verb<Input, Output> = (ctx: Context, input: Input) => Promise<Output>;
type Resolve<Input> = { ctx: ApiContext; input: Input; path: string };

type Keyed<Input, Told> = (call: Resolve<Input>) => Promise<Told>;
type Tell<Output, Told> = (ctx: ApiContext, answer: Output) => Told;

export function keyed<Input, Output>(verb: Verb<Input, Output>): Keyed<Input, Output>;
export function keyed<Input, Output, Told>(
  verb: Verb<Input, Output>,
  tell: Tell<Output, Told>,
): Keyed<Input, Told>;
/**
 * A verb behind the client's idempotency key: a repeat has no second effect and gets the same answer.
 * What must not be stored with it, `tell` makes of it each time.
 */
export function keyed<Input, Output>(verb: Verb<Input, Output>, tell?: Tell<Output, unknown>) {
  return async (call: Resolve<Input>): Promise<unknown> => {
    const answer = await answerOnce(verb, call);
    return tell === undefined ? answer : tell(call.ctx, answer);
  };
}

async function answerOnce<Input, Output>(
  verb: Verb<Input, Output>,
  { ctx, input, path }: Resolve<Input>,
): Promise<Output> {
  if (ctx.idempotencyKey === undefined || ctx.actor.kind !== "user") return verb(ctx, input);
  const { organizationId, userId } = ctx.actor;
  const request = {
    organizationId,
    userId,
    key: ctx.idempotencyKey,
    procedure: path,
    requestHash: requestHash(path, input),
  };
  const { answer, replayed } = await once(ctx, request, (tx) => verb(tx, input));
  if (replayed) countReplay(ctx, path);
  // What was stored under this procedure's name and this input is what the verb returned.
  return giveAnswer(answer) as Output;
}

type EventRef = { organizationId: string; eventId: string };
type EventOf<Input> = (ctx: ApiContext, input: Input) => Promise<EventRef | undefined>;

export function seated<Input extends OfEvent, Output>(
  verb: Verb<Input, Output>,
): Keyed<Input, Output>;
export function seated<Input, Output>(
  verb: Verb<Input, Output>,
  eventOf: EventOf<Input>,
): Keyed<Input, Output>;
/** A change of an event's seats: under its key, and in this process one after another for each event. */
export function seated<Input extends OfEvent, Output>(
  verb: Verb<Input, Output>,
  eventOf: EventOf<Input> = ofActor,
): Keyed<Input, Output> {
  const once = keyed(verb);
  return async (call) => {
    const event = await eventOf(call.ctx, call.input);
    if (event === undefined) return once(call);
    return call.ctx.seats.inTurn(event, call.ctx.deadline, () => once(call));
  };
}

type OfEvent = { eventId: string } | { registrationId: string };

async function ofActor(ctx: ApiContext, input: OfEvent): Promise<EventRef | undefined> {
  if (ctx.actor.kind !== "user") return undefined;
  const { organizationId } = ctx.actor;
  if ("eventId" in input) return { organizationId, eventId: input.eventId };
  const eventId = await findEventOf(ctx, { organizationId, ...input });
  return eventId === undefined ? undefined : { organizationId, eventId };
}

/** The event of the registration that a link is about; what is no link of ours is refused by its verb. */
export function byLink(purpose: LinkPurpose): EventOf<{ token: string }> {
  return async (ctx, { token }) => {
    const link = ctx.tokens.links.read(purpose, token);
    if (link === undefined) return undefined;
    const { organizationId, id: registrationId } = link;
    const eventId = await findEventOf(ctx, { organizationId, registrationId });
    return eventId === undefined ? undefined : { organizationId, eventId };
  };
}

type Streaming<Input, Item> = (
  ctx: ApiContext & { signal: AbortSignal },
  input: Input,
) => Promise<AsyncIterable<Item>>;

/** A verb whose answer goes on, each part with a mark: who comes back with the last one is not told the same again. */
export function streamed<Input, Item>(
  verb: Streaming<Input, Item>,
  markOf: (item: Item) => string,
) {
  return async ({ ctx, input, signal }: Resolve<Input> & { signal: AbortSignal | undefined }) =>
    track(await verb({ ...ctx, signal: signal ?? new AbortController().signal }, input), markOf);
}

async function* track<Item>(
  items: AsyncIterable<Item>,
  markOf: (item: Item) => string,
): AsyncGenerator<TrackedEnvelope<Item>, void> {
  for await (const item of items) yield tracked(markOf(item), item);
}

function countReplay(ctx: ApiContext, path: string): void {
  const operation = PROCEDURES.find((name) => name === path);
  if (operation !== undefined) ctx.metrics.idempotencyReplaysTotal.inc({ operation });
}

const FIRST_SERVER_STATUS = 500;
const REJECTED_STATUS: readonly number[] = [409, 429];

function outcomeOf(reason: Reason): CallOutcome {
  const { status } = WIRE[reason];
  if (status >= FIRST_SERVER_STATUS) return "server_error";
  return REJECTED_STATUS.includes(status) ? "rejected" : "client_error";
}

type Place = Pick<ApiContext, "metrics" | "log"> & { request: { id: string } };

export function countError(ctx: Place, path: string, error: unknown): CallOutcome {
  const { reason } = toDomainError(error);
  const outcome = outcomeOf(reason);
  ctx.metrics.rpcServerErrorsTotal.inc({ rpc_method: toRpcMethod(path), code: reason });
  if (outcome === "server_error") {
    const call = { request_id: ctx.request.id, procedure: toRpcMethod(path) };
    ctx.log.error({ ...call, err: error, reason }, "a call failed");
  }
  return outcome;
}
