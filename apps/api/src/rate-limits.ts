import {
  createLimiter,
  type Limit,
  type Limiter,
  type LimitPolicy,
} from "@tsudoi/core/platform/limiter.ts";
import { createMarks, type Marks } from "@tsudoi/core/platform/marks.ts";
import { networkOf } from "@tsudoi/core/platform/network.ts";
import type { Redis } from "@tsudoi/core/platform/redis.ts";
import { countAttempt } from "@tsudoi/core/registrations/attempt-outcome.ts";
import { DomainError } from "@tsudoi/shared/errors.ts";
import type { Metrics } from "@tsudoi/telemetry/metrics.ts";
import type { ApiContext } from "./context.ts";

/**
 * Every limit of the product. A whole company may sit behind one address, so addresses are bounded coarsely
 * and people finely; wrong passwords are counted, right ones are not. All places together have one
 * budget for an account: it ends in a minute's wait and never in a block, because strangers use it up.
 */
export const LIMITS = {
  global_ip: { points: 60_000, seconds: 60, perProcess: true },
  call: { points: 600, seconds: 60 },
  registration: { points: 60, seconds: 60 },
  sign_in: { points: 10, seconds: 600, blockSeconds: 3_600 },
  sign_in_ip: { points: 1_000, seconds: 86_400 },
  sign_in_account: { points: 20, seconds: 60 },
  refresh: { points: 60, seconds: 60 },
  calendar: { points: 60, seconds: 600 },
  export: { points: 20, seconds: 600 },
  link: { points: 600, seconds: 60 },
  upload: { points: 20, seconds: 600 },
} as const satisfies Record<LimitPolicy, Limit>;

/** Whoever signed in to an account from a place within this time does not wait there for strangers' guesses. */
const OWN_PLACE_SECONDS = 90 * 86_400;

export type Limits = {
  /** One call's share of its caller's budget. */
  consumeCall: (ctx: ApiContext, path: string) => Promise<void>;
  /** One reading of a calendar: the share of its address, and of whose calendar it is. */
  consumeCalendar: (ip: string, whose: string) => Promise<void>;
  /** One download: the share of its address; its link had its person's. */
  consumeDownload: (ip: string) => Promise<void>;
  /** One picture that is sent: the share of its address, and of who sends it. */
  consumeUpload: (ctx: ApiContext) => Promise<void>;
  /** Runs an attempt to sign in; a wrong password uses up the budgets of this place and of this account. */
  guardSignIn: <T>(ctx: ApiContext, email: string, attempt: () => Promise<T>) => Promise<T>;
};

const UNLIMITED: Limits = {
  consumeCall: async () => {},
  consumeCalendar: async () => {},
  consumeDownload: async () => {},
  consumeUpload: async () => {},
  guardSignIn: (_ctx, _email, attempt) => attempt(),
};

/** Procedures with a budget of their own. */
const POLICY_OF = new Map<string, LimitPolicy>([
  ["registrations.register", "registration"],
  ["registrations.export", "export"],
  ["auth.refresh", "refresh"],
  ["registrations.getByLink", "link"],
  ["registrations.acceptByLink", "link"],
  ["registrations.declineByLink", "link"],
  ["registrations.leaveByLink", "link"],
]);

export function createLimits(options: {
  enabled: boolean;
  redis: Redis;
  metrics: Metrics;
}): Limits {
  if (!options.enabled) return UNLIMITED;
  const make = (policy: LimitPolicy) => createLimiter(policy, LIMITS[policy], options);
  const limiters: Record<LimitPolicy, Limiter> = {
    global_ip: make("global_ip"),
    call: make("call"),
    registration: make("registration"),
    sign_in: make("sign_in"),
    sign_in_ip: make("sign_in_ip"),
    sign_in_account: make("sign_in_account"),
    refresh: make("refresh"),
    calendar: make("calendar"),
    export: make("export"),
    link: make("link"),
    upload: make("upload"),
  };
  const ownPlaces = createMarks("own-place", { seconds: OWN_PLACE_SECONDS, redis: options.redis });
  return {
    async consumeCall(ctx, path) {
      const place = networkOf(ctx.request.ip);
      await limiters.global_ip.consume(place);
      const policy = POLICY_OF.get(path) ?? "call";
      if (ctx.actor.kind === "user") {
        const taken = limiters[policy].consume(ctx.actor.userId);
        await (policy === "registration" ? countRefusal(ctx, taken) : taken);
      } else if (policy === "refresh") await limiters.refresh.consume(refreshKey(ctx));
      else if (policy === "link") await limiters.link.consume(place);
    },
    async consumeCalendar(ip, whose) {
      await limiters.global_ip.consume(networkOf(ip));
      await limiters.calendar.consume(whose);
    },
    consumeDownload: (ip) => limiters.global_ip.consume(networkOf(ip)),
    async consumeUpload(ctx) {
      const place = networkOf(ctx.request.ip);
      await limiters.global_ip.consume(place);
      await limiters.upload.consume(ctx.actor.kind === "user" ? ctx.actor.userId : place);
    },
    guardSignIn: guardSignIn(limiters, ownPlaces),
  };
}

function guardSignIn(limiters: Record<LimitPolicy, Limiter>, ownPlaces: Marks) {
  return async <T>(ctx: ApiContext, email: string, attempt: () => Promise<T>): Promise<T> => {
    const place = networkOf(ctx.request.ip);
    const here = `${place} ${email}`;
    // Taken before the attempt: guesses made at the same moment would otherwise all find the budget untouched.
    await limiters.sign_in.consume(here);
    await limiters.sign_in_ip.consume(place);
    let tookTurn = false;
    const giveBack = () =>
      Promise.all([
        limiters.sign_in_ip.giveBack(place),
        tookTurn ? limiters.sign_in_account.giveBack(email) : undefined,
      ]);
    try {
      const refusal = await refusalOf(limiters.sign_in_account.consume(email));
      tookTurn = refusal === undefined;
      if (refusal !== undefined && !(await ownPlaces.has(here))) throw refusal;
      const answer = await attempt();
      await Promise.all([limiters.sign_in.reset(here), giveBack(), ownPlaces.add(here)]);
      return answer;
    } catch (error) {
      if (isWrongGuess(error)) throw error;
      await Promise.all([limiters.sign_in.giveBack(here), giveBack()]);
      throw error;
    }
  };
}

async function refusalOf(taken: Promise<void>): Promise<unknown> {
  try {
    await taken;
    return undefined;
  } catch (refusal) {
    return refusal;
  }
}

/** A session is one person's: the address may be a whole company's, all of whom come back at once. */
function refreshKey(ctx: ApiContext): string {
  const token = ctx.tokens.readRefresh(ctx.request.refreshToken ?? "");
  return token?.sessionId ?? networkOf(ctx.request.ip);
}

/** Whoever is refused here never reaches the seats, where attempts are counted otherwise. */
async function countRefusal(ctx: ApiContext, taken: Promise<void>): Promise<void> {
  try {
    await taken;
  } catch (error) {
    if (error instanceof DomainError) countAttempt(ctx.metrics, error.reason);
    throw error;
  }
}

function isWrongGuess(error: unknown): boolean {
  return error instanceof DomainError && error.reason === "NOT_SIGNED_IN";
}
