import type { Registered, RegisterInput } from "@tsudoi/shared/registrations.ts";
import { authorise } from "#core/auth/authorise.ts";
import type { Context } from "#core/db/context.ts";
import { requestHash } from "#core/idempotency/request-hash.ts";
import { currentCall } from "#core/platform/call.ts";

/** Never oversells and never says full while a seat is free: the event's row lock decides, not a read. */
export async function register(ctx: Context, input: RegisterInput): Promise<Registered> {
  const actor = authorise(ctx, "registrations.register");
  const requestId = currentCall()?.requestId;
  return ctx.seats.submit({
    organizationId: actor.organizationId,
    eventId: input.eventId,
    userId: actor.userId,
    sessionId: actor.sessionId,
    deadline: ctx.deadline,
    ...(input.answers === undefined ? {} : { answers: input.answers }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(ctx.idempotencyKey === undefined
      ? {}
      : {
          idempotencyKey: ctx.idempotencyKey,
          requestHash: requestHash("registrations.register", input),
        }),
  });
}
