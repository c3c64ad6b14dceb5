import { randomBytes } from "node:crypto";
import { hashLinkToken } from "@tsudoi/core/auth/hash-link-token.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anAccount, PASSWORD, readMetric, type Stage, send, setStage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** A browser as far as cookies go. */
function aBrowser() {
  const jar = { cookie: "", setCookie: "" };
  const post = async (path: string, input: unknown = {}, headers: Record<string, string> = {}) => {
    const answer = await send(`${stage.url}/trpc/${path}`, {
      body: JSON.stringify(input),
      headers: { ...(jar.cookie === "" ? {} : { cookie: jar.cookie, "x-csrf": "1" }), ...headers },
    });
    const [setCookie] = answer.headers.getSetCookie();
    if (setCookie !== undefined) {
      jar.setCookie = setCookie;
      const [pair = ""] = setCookie.split(";");
      jar.cookie = pair.endsWith("=") ? "" : pair;
    }
    return { ...answer, body: JSON.parse(answer.text) };
  };
  return { jar, post };
}

async function signedIn() {
  const account = await anAccount(stage);
  const browser = aBrowser();
  const { body } = await browser.post("auth.signIn", { email: account.email, password: PASSWORD });
  return { account, ...browser, session: body.result.data };
}

const me = (token: string) => send(`${stage.url}/trpc/auth.me`, { token });

describe("a session over HTTP", () => {
  test("signing in gives a token for scripts, and a cookie that no script reads", async () => {
    const { account, jar, session } = await signedIn();
    expect(session).toEqual({
      accessToken: expect.any(String),
      expiresAt: expect.stringMatching(/^\d{4}-.*Z$/),
      user: expect.objectContaining({ id: account.id }),
    });
    const [pair = "", ...attributes] = jar.setCookie.split("; ");
    const [name, value = ""] = pair.split("=");
    const expires = attributes.find((attribute) => attribute.startsWith("Expires=")) ?? "";
    expect(name).toBe("__Host-rt");
    expect(attributes.filter((attribute) => attribute !== expires).toSorted()).toEqual([
      "HttpOnly",
      "Path=/",
      "SameSite=Strict",
      "Secure",
    ]);
    const days = (Date.parse(expires.slice("Expires=".length)) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    expect(JSON.stringify(session)).not.toContain(value);
    expect((await me(session.accessToken)).status).toBe(200);
  });

  test("a refused sign-in says one thing, and gives no cookie", async () => {
    const account = await anAccount(stage);
    const disabled = await anAccount(stage, { disabledAt: new Date() });
    const bodies = new Set<string>();
    for (const [email, password] of [
      [account.email, "a wrong one"],
      ["nobody@example.test", PASSWORD],
      [disabled.email, PASSWORD],
    ]) {
      const { jar, post } = aBrowser();
      const { status, body } = await post("auth.signIn", { email, password });
      expect(status).toBe(401);
      expect(jar.setCookie).toBe("");
      bodies.add(JSON.stringify({ ...body.error.data, requestId: "" }));
    }
    expect([...bodies]).toEqual([
      JSON.stringify({
        code: "UNAUTHORIZED",
        httpStatus: 401,
        reason: "NOT_SIGNED_IN",
        path: "auth.signIn",
        requestId: "",
      }),
    ]);
  });

  test("refreshing turns the cookie, and an old one within ten seconds gets the same", async () => {
    const { jar, post, session } = await signedIn();
    const first = jar.cookie;
    const { body } = await post("auth.refresh");
    const second = jar.cookie;
    expect(second).not.toBe(first);
    expect(Object.keys(body.result.data).toSorted()).toEqual(["accessToken", "expiresAt"]);
    const late = await post("auth.refresh", {}, { cookie: first });
    expect(late.status).toBe(200);
    expect(jar.cookie).toBe(second);
    expect((await me(session.accessToken)).status).toBe(200);
  });

  test("an old one after that ends the session for thief and owner", async () => {
    const { account, jar, post } = await signedIn();
    const first = jar.cookie;
    await post("auth.refresh");
    await stage.ctx.db.execute(sql`
      update sessions set rotated_at = rotated_at - interval '10 seconds' where user_id = ${account.id}`);
    const second = jar.cookie;
    expect((await post("auth.refresh", {}, { cookie: first })).status).toBe(401);
    expect((await post("auth.refresh", {}, { cookie: second })).status).toBe(401);
  });

  test("an expired access token does not keep its owner from renewing it", async () => {
    const { post } = await signedIn();
    for (const authorization of ["Bearer expired", "Bearer ", "Basic YTpi", "nonsense"]) {
      expect((await post("auth.refresh", {}, { authorization })).status).toBe(200);
    }
    expect((await me("expired")).status).toBe(401);
  });

  test.each([
    ["none", ""],
    ["an empty one", "__Host-rt="],
    ["an unknown one", `__Host-rt=${randomBytes(68).toString("base64url")}`],
    ["no token", "__Host-rt=%00%ff; __Host-rt=x"],
    ["another name", `rt=${randomBytes(68).toString("base64url")}`],
  ])("a refresh with %s is refused", async (_what, cookie) => {
    const { post } = aBrowser();
    const { status, body } = await post(
      "auth.refresh",
      {},
      cookie === "" ? {} : { cookie, "x-csrf": "1" },
    );
    expect(status).toBe(401);
    expect(body.error.data.reason).toBe("NOT_SIGNED_IN");
  });

  test("signing out ends the session and takes the cookie away", async () => {
    const { jar, post } = await signedIn();
    const cookie = jar.cookie;
    expect((await post("auth.signOut")).status).toBe(200);
    expect(jar.setCookie).toMatch(/^__Host-rt=; .*Expires=Thu, 01 Jan 1970/);
    for (const attribute of ["Path=/", "HttpOnly", "Secure", "SameSite=Strict"])
      expect(jar.setCookie).toContain(attribute);
    expect((await post("auth.refresh", {}, { cookie, "x-csrf": "1" })).status).toBe(401);
    expect((await aBrowser().post("auth.signOut")).status).toBe(200);
  });

  test("whoever signed out writes nothing any more, token or not", async () => {
    const account = await anAccount(stage, { role: "organizer" });
    const { post } = aBrowser();
    const { body } = await post("auth.signIn", { email: account.email, password: PASSWORD });
    const authorization = `Bearer ${body.result.data.accessToken}`;
    const draft = {
      title: { en: "x" },
      startsAt: "2030-01-01T00:00:00Z",
      endsAt: "2030-01-01T01:00:00Z",
      timeZone: "UTC",
      capacity: 1,
    };
    expect((await post("events.create", draft, { authorization })).status).toBe(200);
    await post("auth.signOut");
    expect((await aBrowser().post("events.create", draft, { authorization })).status).toBe(401);
  });

  test("attempts are counted by how they ended", async () => {
    const [api] = stage.system.apis;
    const read = (outcome: string) =>
      readMetric(api!.metricsUrl, `auth_attempts_total{outcome="${outcome}"}`);
    const before = [await read("ok"), await read("bad_credentials")];
    const { account } = await signedIn();
    await aBrowser().post("auth.signIn", { email: account.email, password: "a wrong one" });
    expect([await read("ok"), await read("bad_credentials")]).toEqual(
      before.map((count) => count + 1),
    );
  });
});

describe("the set-up link over HTTP", () => {
  test("works once, and tells nothing but the session", async () => {
    const token = randomBytes(32).toString("base64url");
    await stage.ctx.db.execute(sql`
      insert into one_time_tokens (token_hash, purpose, expires_at)
      values (${hashLinkToken(token)}, 'set-up', now() + interval '1 day')`);
    const input = {
      token,
      organizationName: "集い",
      familyName: "佐藤",
      givenName: "花子",
      email: "first@example.test",
      password: PASSWORD,
      locale: "ja",
      timeZone: "Asia/Tokyo",
    };
    const browser = aBrowser();
    const { status, text, body } = await browser.post("auth.setUp", input);
    expect(status).toBe(200);
    expect(Object.keys(body.result.data).toSorted()).toEqual(["accessToken", "expiresAt", "user"]);
    expect(text).not.toMatch(/argon2|passwordHash|refreshToken/);
    expect(text).not.toContain(token);
    expect((await browser.post("auth.refresh")).status).toBe(200);
    const again = await aBrowser().post("auth.setUp", { ...input, email: "second@example.test" });
    expect([again.status, again.body.error.data.reason]).toEqual([404, "LINK_EXPIRED"]);
  });
});
