import { anEvent, aUser } from "@tsudoi/core/test/builders.ts";
import { type Answer, call } from "@tsudoi/core/test/call.ts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { anAccount, PASSWORD, readMetric, type Stage, send, setStage } from "./stage.ts";

const limited = () => setStage({ env: { RATE_LIMITS: "on" } });

/** For whatever needs no more than an account of its own. */
let stage: Stage;
beforeAll(async () => {
  stage = await limited();
});
afterAll(() => stage[Symbol.asyncDispose]());

const told = (answer: Answer<unknown>) => (answer.ok ? "ok" : answer.reason);

function waitOf(refused: Answer<unknown>): number {
  return (refused as { body: { error: { data: { retryAfterMs: number } } } }).body.error.data
    .retryAfterMs;
}

function signIn(
  stage: Stage,
  { email }: { email: string },
  { password = PASSWORD, from = "" } = {},
): Promise<Answer<unknown>> {
  const headers = from === "" ? {} : { "x-forwarded-for": from };
  return call(stage.url, ["auth.signIn", { email, password }], { headers });
}

async function guesses(stage: Stage, user: { email: string }, count: number): Promise<string[]> {
  const ends: string[] = [];
  for (let guess = 0; guess < count; guess += 1)
    ends.push(told(await signIn(stage, user, { password: `guess ${guess}` })));
  return ends;
}

function attemptsOf(outcome: string): Promise<number> {
  const [api] = stage.system.apis;
  return readMetric(api?.metricsUrl ?? "", `auth_attempts_total{outcome="${outcome}"}`);
}

const tenOf = (count: number) =>
  Array.from({ length: count }, (_, index) => (index < 10 ? "NOT_SIGNED_IN" : "RATE_LIMITED"));

describe("guessing passwords", () => {
  test("ten wrong ones are answered, then even the right one waits, and is told how long", async () => {
    const [user, colleague] = [await anAccount(stage), await anAccount(stage)];
    const before = [await attemptsOf("limited"), await attemptsOf("bad_credentials")];
    expect(await guesses(stage, user, 12)).toEqual(tenOf(12));
    const refused = await signIn(stage, user);
    expect(refused).toMatchObject({ ok: false, status: 429, reason: "RATE_LIMITED" });
    const retryAfterMs = waitOf(refused);
    expect(retryAfterMs).toBeGreaterThan(600_000);
    expect(refused.headers.get("retry-after")).toBe(String(Math.ceil(retryAfterMs / 1_000)));
    // Nobody locks out anybody else: not a colleague at the same address, nor the person at another.
    expect(told(await signIn(stage, colleague))).toBe("ok");
    const after = [await attemptsOf("limited"), await attemptsOf("bad_credentials")];
    expect(after).toEqual([(before[0] ?? 0) + 3, (before[1] ?? 0) + 10]);
  });

  test("forty at the same moment are no more than ten", async () => {
    const user = await anAccount(stage);
    const ends = await Promise.all(
      Array.from({ length: 40 }, async (_, guess) =>
        told(await signIn(stage, user, { password: `guess ${guess}` })),
      ),
    );
    expect(ends.filter((end) => end === "NOT_SIGNED_IN").length).toBeLessThanOrEqual(10);
    expect(told(await signIn(stage, user))).toBe("RATE_LIMITED");
  });

  test("unknown addresses are limited like known ones", async () => {
    const nobody = { email: "nobody@example.test" };
    expect(await guesses(stage, nobody, 12)).toEqual(tenOf(12));
  });

  test("right ones cost nothing, and forgive the wrong ones before them", async () => {
    const user = await anAccount(stage);
    for (let attempt = 0; attempt < 12; attempt += 1) {
      expect(told(await signIn(stage, user))).toBe("ok");
    }
    for (const round of [1, 2]) {
      expect(await guesses(stage, user, 9)).toEqual(tenOf(9));
      expect({ round, end: told(await signIn(stage, user)) }).toEqual({
        round,
        end: "ok",
      });
    }
  });

  test("goes no further with Redis dead", async () => {
    await using stage = await limited();
    const user = await anAccount(stage);
    await stage.system.redis.kill();
    expect(await guesses(stage, user, 12)).toEqual(tenOf(12));
    expect(told(await signIn(stage, user))).toBe("RATE_LIMITED");
  });
});

describe("whose address it is", () => {
  test("a header of the caller's own gives no new budget", async () => {
    const user = await anAccount(stage);
    const ends: string[] = [];
    for (let guess = 0; guess < 12; guess += 1)
      ends.push(told(await signIn(stage, user, { password: "wrong", from: `10.0.0.${guess}` })));
    expect(ends).toEqual(tenOf(12));
  });

  test("behind one trusted proxy it is the address that proxy saw, not one made up before it", async () => {
    await using stage = await setStage({ env: { RATE_LIMITS: "on", TRUST_PROXY: "1" } });
    const user = await anAccount(stage);
    const ends: string[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      ends.push(
        told(await signIn(stage, user, { password: "wrong", from: `10.0.0.${guess}, 192.0.2.7` })),
      );
    }
    expect(ends).toEqual(tenOf(12));
    expect(told(await signIn(stage, user, { from: "192.0.2.8" }))).toBe("ok");
  });
});

describe("guessing from many places", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ env: { RATE_LIMITS: "on", TRUST_PROXY: "1" } });
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  /** How one wrong guess from each of these places ends, one after the other. */
  async function guessesFrom(stage: Stage, user: { email: string }, places: string[]) {
    const ends: string[] = [];
    for (const from of places)
      ends.push(told(await signIn(stage, user, { password: "wrong", from })));
    return ends;
  }

  const HOME = "2001:db8:ff:1::7";
  const everywhere = Array.from({ length: 24 }, (_, index) =>
    index % 2 === 0 ? `198.51.100.${index}` : `2001:db8:0:${index}::1`,
  );
  const twentyOf = (count: number) =>
    Array.from({ length: count }, (_, index) => (index < 20 ? "NOT_SIGNED_IN" : "RATE_LIMITED"));

  test("the addresses of one /64 are one place, and the next /64 is another", async () => {
    const user = await anAccount(stage);
    const addresses = Array.from({ length: 12 }, (_, index) => `2001:db8:1:2::${index + 1}`);
    expect(await guessesFrom(stage, user, addresses)).toEqual(tenOf(12));
    expect(told(await signIn(stage, user, { from: "2001:db8:1:3::1" }))).toBe("ok");
  });

  test("an IPv4 address is one place in every spelling", async () => {
    const user = await anAccount(stage);
    const spellings = ["192.0.2.9", "::ffff:192.0.2.9", "::ffff:c000:209"];
    const addresses = Array.from({ length: 12 }, (_, index) => spellings[index % 3] ?? "");
    expect(await guessesFrom(stage, user, addresses)).toEqual(tenOf(12));
  });

  test("twenty a minute at one account; its owner gets in from where they were before", async () => {
    const [owner, colleague] = [await anAccount(stage), await anAccount(stage)];
    expect(told(await signIn(stage, owner, { from: HOME }))).toBe("ok");
    expect(await guessesFrom(stage, owner, everywhere)).toEqual(twentyOf(24));
    const elsewhere = await signIn(stage, owner, { from: "203.0.113.1" });
    expect(told(elsewhere)).toBe("RATE_LIMITED");
    expect(waitOf(elsewhere)).toBeLessThanOrEqual(60_000);
    for (const from of [HOME, HOME.replace("::7", "::8")])
      expect(told(await signIn(stage, owner, { from }))).toBe("ok");
    expect(told(await signIn(stage, colleague, { from: "203.0.113.1" }))).toBe("ok");
  });

  test("waiting for one's turn is no wrong guess: it costs the place nothing", async () => {
    const owner = await anAccount(stage);
    await guessesFrom(stage, owner, everywhere);
    const from = "203.0.113.2";
    const waiting = await guessesFrom(stage, owner, Array(12).fill(from));
    expect(waiting).toEqual(Array(12).fill("RATE_LIMITED"));
    expect(waitOf(await signIn(stage, owner, { from }))).toBeLessThanOrEqual(60_000);
  });

  test("an account that is not there is limited like one that is", async () => {
    const nobody = { email: "nobody-at-all@example.test" };
    expect(await guessesFrom(stage, nobody, everywhere)).toEqual(twentyOf(24));
  });

  test("right passwords are no guesses, however many", async () => {
    const user = await anAccount(stage);
    const places = Array.from({ length: 24 }, (_, index) => `198.51.100.${index + 100}`);
    for (const from of places) expect(told(await signIn(stage, user, { from }))).toBe("ok");
  });

  test("goes no further with Redis dead, and a process knows the owners it has seen", async () => {
    await using stage = await setStage({ env: { RATE_LIMITS: "on", TRUST_PROXY: "1" } });
    const owner = await anAccount(stage);
    expect(told(await signIn(stage, owner, { from: HOME }))).toBe("ok");
    await stage.system.redis.kill();
    expect(await guessesFrom(stage, owner, everywhere)).toEqual(twentyOf(24));
    expect(told(await signIn(stage, owner, { from: HOME }))).toBe("ok");
    expect(told(await signIn(stage, owner, { from: "203.0.113.1" }))).toBe("RATE_LIMITED");
  });
});

describe("calling very often", () => {
  test("every call of a batch counts, and one person's budget is nobody else's", async () => {
    const [user, other] = [await anAccount(stage), await anAccount(stage)];
    const token = await stage.tokenOf(user);
    const url = `${stage.url}/trpc/${Array(10).fill("system.info").join(",")}?batch=1`;
    const statuses: number[] = [];
    for (let batch = 0; batch < 61; batch += 1) statuses.push((await send(url, { token })).status);
    expect(statuses).toEqual([...Array(60).fill(200), 429]);
    const refused = await call(stage.url, ["auth.me"], { token, query: true });
    expect(refused).toMatchObject({ ok: false, status: 429, reason: "RATE_LIMITED" });
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    const others = await call(stage.url, ["auth.me"], {
      token: await stage.tokenOf(other),
      query: true,
    });
    expect(told(others)).toBe("ok");
    const event = await anEvent(stage.ctx, other);
    expect(
      told(await call(stage.url, ["registrations.register", { eventId: event.id }], { token })),
    ).toBe("ok");
  });

  test("registering has a budget of its own, counted and refused as such", async () => {
    const user = await aUser(stage.ctx, { organizationId: stage.organizationId });
    const event = await anEvent(stage.ctx, user, { capacity: 100 });
    const token = await stage.tokenOf(user);
    const ends: string[] = [];
    for (let attempt = 0; attempt < 62; attempt += 1) {
      ends.push(
        told(await call(stage.url, ["registrations.register", { eventId: event.id }], { token })),
      );
    }
    expect(ends).toEqual([
      "ok",
      ...Array(59).fill("ALREADY_REGISTERED"),
      "RATE_LIMITED",
      "RATE_LIMITED",
    ]);
    const [api] = stage.system.apis;
    const decisions = 'ratelimit_decisions_total{policy="registration",decision="limited"}';
    expect(await readMetric(api!.metricsUrl, decisions)).toBe(2);
    const attempts = 'registration_attempts_total{outcome="limited"}';
    expect(await readMetric(api!.metricsUrl, attempts)).toBe(2);
  });

  test("one session's refreshing is no other's, at the same address", async () => {
    const cookies: string[] = [];
    for (const user of [await anAccount(stage), await anAccount(stage)]) {
      const { headers } = await signIn(stage, user);
      cookies.push(headers.getSetCookie()[0]?.split(";")[0] ?? "");
    }
    const refresh = (cookie = "") =>
      send(`${stage.url}/trpc/auth.refresh`, { headers: { cookie, "x-csrf": "1" }, body: "{}" });
    const statuses: number[] = [];
    for (let call = 0; call < 62; call += 1) statuses.push((await refresh(cookies[0])).status);
    expect(statuses).toEqual([...Array(60).fill(200), 429, 429]);
    expect((await refresh(cookies[1])).status).toBe(200);
  });

  test("with Redis dead calls go on, each process by its own count, and it is told", async () => {
    await using stage = await limited();
    const user = await anAccount(stage);
    const token = await stage.tokenOf(user);
    await stage.system.redis.kill();
    const [api] = stage.system.apis;
    const blind = 'ratelimit_decisions_total{policy="call",decision="failed_open"}';
    await vi.waitFor(async () => {
      expect(told(await call(stage.url, ["auth.me"], { token, query: true }))).toBe("ok");
      expect(await readMetric(api!.metricsUrl, blind)).toBeGreaterThan(0);
    }, 10_000);
  });
});
