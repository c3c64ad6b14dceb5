import type { AccessToken, Me, SetUpInput, SignInInput } from "@tsudoi/shared/accounts.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import type { AuthApi } from "#web/api.ts";
import { toProblem } from "#web/problems/problem.ts";

export type SessionState = "unknown" | "in" | "out";
export type Session = ReturnType<typeof createSession>;

/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = MINUTE;
/** A clock that runs ahead must not have every call renew. */
const TRUSTED_FOR_MS = 5 * MINUTE;
const CHANNEL = "tsudoi-session";

/**
 * Who is here. The access token lives in this closure and nowhere else; the refresh cookie is the
 * browser's. One tab renews at a time, and a sign-out reaches them all.
 */
export function createSession(api: AuthApi) {
  let state: SessionState = "unknown";
  let token: { value: string; freshUntil: number } | undefined;
  let renewing: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : undefined;

  function settle(next: SessionState, given?: AccessToken): void {
    token = given && { value: given.accessToken, freshUntil: freshUntil(given) };
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  }

  async function renew(): Promise<void> {
    try {
      settle("in", await api.auth.refresh.mutate());
    } catch (error) {
      if (toProblem(error).reason !== "NOT_SIGNED_IN") throw error;
      settle("out");
    }
  }

  function renewOnce(): Promise<void> {
    renewing ??= inOneTab(renew).finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  tabs?.addEventListener("message", () => settle("out"));

  return {
    state: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Whether someone is signed in, asking the server the first time. */
    async isSignedIn(): Promise<boolean> {
      if (state === "unknown") await renewOnce();
      return state === "in";
    },
    async token(): Promise<string | undefined> {
      const isFresh = token !== undefined && Date.now() < token.freshUntil;
      if (state !== "out" && !isFresh) await renewOnce();
      return token?.value;
    },
    discardToken(): void {
      token = undefined;
    },
    async signIn(input: SignInInput): Promise<Me> {
      const { user, ...given } = await api.auth.signIn.mutate(input);
      settle("in", given);
      return user;
    },
    async setUp(input: SetUpInput): Promise<Me> {
      const { user, ...given } = await api.auth.setUp.mutate(input);
      settle("in", given);
      return user;
    },
    async signOut(): Promise<void> {
      await api.auth.signOut.mutate();
      settle("out");
      tabs?.postMessage("signed-out");
    },
  };
}

function freshUntil({ expiresAt }: AccessToken): number {
  return Math.max(Date.parse(expiresAt) - RENEW_BEFORE_MS, Date.now() + TRUSTED_FOR_MS);
}

/** Locks do not exist over plain HTTP, where no refresh cookie is shared between tabs either. */
async function inOneTab(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(CHANNEL, work);
}
