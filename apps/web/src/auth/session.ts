import type {
  AccessToken,
  Me,
  SetUpInput,
  SignedIn,
  SignInInput,
} from "@tsudoi/shared/accounts.ts";
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
  const state = createState<SessionState>("unknown");
  let token: { value: string; freshUntil: number } | undefined;
  let renewing: Promise<void> | undefined;
  const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : undefined;

  function settle(next: SessionState, given?: AccessToken): void {
    token = given && { value: given.accessToken, freshUntil: freshUntil(given) };
    state.set(next);
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

  async function enter(asked: Promise<SignedIn>): Promise<Me> {
    const { user, ...given } = await asked;
    settle("in", given);
    return user;
  }

  tabs?.addEventListener("message", () => settle("out"));

  return {
    state: state.get,
    subscribe: state.subscribe,
    /** Whether someone is signed in, asking the server the first time. */
    async isSignedIn(): Promise<boolean> {
      if (state.get() === "unknown") await renewOnce();
      return state.get() === "in";
    },
    async token(): Promise<string | undefined> {
      const isFresh = token !== undefined && Date.now() < token.freshUntil;
      if (state.get() !== "out" && !isFresh) await renewOnce();
      return token?.value;
    },
    discardToken(): void {
      token = undefined;
    },
    signIn: (input: SignInInput) => enter(api.auth.signIn.mutate(input)),
    setUp: (input: SetUpInput) => enter(api.auth.setUp.mutate(input)),
    async signOut(): Promise<void> {
      await api.auth.signOut.mutate();
      settle("out");
      tabs?.postMessage("signed-out");
    },
  };
}

/** A value that tells when it changes. */
function createState<Value>(first: Value) {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next: Value): void {
      if (value === next) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
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
