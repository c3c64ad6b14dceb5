import type {
  AccessToken,
  Me,
  SetUpInput,
  SignedIn,
  SignInInput,
} from "@tsudoi/shared/accounts.ts";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import type { AuthApi } from "#web/api.ts";
import { isAnswerLost, OtherPerson, toProblem } from "#web/problems/problem.ts";
import { createPerson, personOf } from "./person.ts";
import { createState } from "./state.ts";

export type SessionState = "unknown" | "in" | "out";
export type Session = ReturnType<typeof createSession>;

/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = MINUTE;
/** A clock that runs ahead must not have every call renew. */
const TRUSTED_FOR_MS = 5 * MINUTE;
/** Short, so that asking twice fits into the time in which the same cookie gets the same answer. */
export const REFRESH_TIMEOUT_MS = 4 * SECOND;
const CHANNEL = "tsudoi-session";

/**
 * Who is here. The access token lives in this closure and nowhere else; the refresh cookie is the
 * browser's, and all tabs share it: one of them renews at a time, a sign-out reaches them all, and whoever
 * signs in is the one person of each.
 */
export function createSession(api: AuthApi) {
  const state = createState<SessionState>("unknown");
  const person = createPerson();
  let token: Token | undefined;
  const tellTabs = hearTabs((id) => {
    if (id === null) return settle("out");
    if (state.get() !== "in" || id === person.get()) return;
    token = undefined;
    person.become(id);
  });

  function settle(next: SessionState, given?: AccessToken): void {
    token = given && { value: given.accessToken, freshUntil: freshUntil(given) };
    if (next === "out") person.enter(undefined);
    state.set(next);
  }

  const renewOnce = oneAtATime(async () => {
    try {
      const given = await refresh(api);
      settle("in", given);
      person.become(personOf(given));
    } catch (error) {
      if (toProblem(error).reason !== "NOT_SIGNED_IN") throw error;
      settle("out");
    }
  });

  async function enter(asked: Promise<SignedIn>): Promise<Me> {
    const { user, ...given } = await asked;
    person.enter(user.id);
    settle("in", given);
    tellTabs(user.id);
    return user;
  }

  return {
    state: state.get,
    subscribe: state.subscribe,
    /** Whether someone is signed in, asking the server the first time. */
    async isSignedIn(): Promise<boolean> {
      if (state.get() === "unknown") await renewOnce();
      return state.get() === "in";
    },
    async token(): Promise<string | undefined> {
      const asked = person.get();
      if (state.get() !== "out" && !isFresh(token)) await renewOnce();
      if (asked !== undefined && (person.get() ?? asked) !== asked) throw new OtherPerson();
      return token?.value;
    },
    newcomer: person.newcomer,
    discardToken(): void {
      token = undefined;
    },
    signIn: (input: SignInInput) => enter(api.auth.signIn.mutate(input)),
    setUp: (input: SetUpInput) => enter(api.auth.setUp.mutate(input)),
    async signOut(): Promise<void> {
      await api.auth.signOut.mutate();
      settle("out");
      tellTabs(null);
    },
  };
}

/** An answer that is lost may have changed the cookie's successor: asked again in time, it comes again. */
async function refresh(api: AuthApi): Promise<AccessToken> {
  const ask = () =>
    api.auth.refresh.mutate(undefined, { signal: AbortSignal.timeout(REFRESH_TIMEOUT_MS) });
  try {
    return await ask();
  } catch (error) {
    if (!isAnswerLost(error)) throw error;
    return await ask();
  }
}

type Token = { value: string; freshUntil: number };

function isFresh(token: Token | undefined): boolean {
  return token !== undefined && Date.now() < token.freshUntil;
}

function freshUntil({ expiresAt }: AccessToken): number {
  return Math.max(Date.parse(expiresAt) - RENEW_BEFORE_MS, Date.now() + TRUSTED_FOR_MS);
}

/** The tabs of a browser tell each other who has signed in, or that nobody is. */
function hearTabs(onNews: (id: string | null) => void): (id: string | null) => void {
  const tabs = "BroadcastChannel" in globalThis ? new BroadcastChannel(CHANNEL) : undefined;
  tabs?.addEventListener("message", ({ data }: MessageEvent<string | null>) => onNews(data));
  return (id) => {
    // Over plain HTTP no cookie is shared: each tab is its own person's.
    if (id === null || isSecureContext) tabs?.postMessage(id);
  };
}

/** Whoever asks while it is under way gets the same; the other tabs wait for it. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  return () => {
    underWay ??= inOneTab(work).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** Locks do not exist over plain HTTP, where no refresh cookie is shared between tabs either. */
async function inOneTab(work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  await navigator.locks.request(CHANNEL, work);
}
