import { DomainError } from "@tsudoi/shared/errors.ts";
import type { AUTH_OUTCOMES } from "@tsudoi/telemetry/names.ts";
import type { ApiContext } from "./context.ts";

/** Runs an attempt to sign in within its limits, and counts how it ended. */
export async function attemptSignIn<T>(
  ctx: ApiContext,
  email: string,
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    const session = await ctx.limits.guardSignIn(ctx, email, attempt);
    ctx.metrics.authAttemptsTotal.inc({ outcome: "ok" });
    return session;
  } catch (error) {
    ctx.metrics.authAttemptsTotal.inc({ outcome: outcomeOf(error) });
    throw error;
  }
}

function outcomeOf(error: unknown): (typeof AUTH_OUTCOMES)[number] {
  if (!(error instanceof DomainError)) return "error";
  if (error.reason === "NOT_SIGNED_IN") return "bad_credentials";
  return error.reason === "RATE_LIMITED" ? "limited" : "error";
}
