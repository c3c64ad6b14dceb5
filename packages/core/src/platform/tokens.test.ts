import { createHmac, randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { parseSecrets } from "./secrets.ts";
import { type AccessClaims, createTokens } from "./tokens.ts";

const now = new Date("2026-11-20T09:00:00.500Z");
const later = (milliseconds: number) => new Date(now.getTime() + milliseconds);
const secret = () => randomBytes(32).toString("base64url");
const ids = {
  organizationId: "01890000-0000-7000-8000-000000000001",
  sessionId: "01890000-0000-7000-8000-000000000003",
};
const claims: AccessClaims = {
  ...ids,
  userId: "01890000-0000-7000-8000-000000000002",
  role: "member",
};

const ours = secret();
const tokens = createTokens(parseSecrets(ours));
const [key] = parseSecrets(ours).signing("access token");

/** A token with our own key that differs from a good one in what is named. */
function aToken(
  changes: { header?: Record<string, unknown>; payload?: Record<string, unknown> } = {},
) {
  const payload = {
    iss: "tsudoi",
    aud: "tsudoi-api",
    sub: claims.userId,
    org: ids.organizationId,
    role: "member",
    sid: ids.sessionId,
    exp: 4e9,
    ...changes.payload,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: key.id, ...changes.header })
    .sign(key.privateKey);
}

/** A token whose parts are written by hand. */
function forge(header: object, signer: (text: string) => string): string {
  const payload = {
    iss: "tsudoi",
    aud: "tsudoi-api",
    sub: claims.userId,
    org: ids.organizationId,
    role: "admin",
    sid: ids.sessionId,
    exp: 4e9,
  };
  const text = [header, payload]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${text}.${signer(text)}`;
}

describe("platform/tokens access", () => {
  test("a token made here names its person for 15 minutes", async () => {
    const { accessToken, expiresAt } = await tokens.signAccess(claims, now);
    expect(expiresAt).toEqual(new Date("2026-11-20T09:15:00.000Z"));
    const verified = { ...claims, expiresAt };
    expect(await tokens.verifyAccess(accessToken, now)).toEqual(verified);
    expect(await tokens.verifyAccess(accessToken, new Date(expiresAt.getTime() - 1_000))).toEqual(
      verified,
    );
  });

  test.each([0, 1_000, 86_400_000])(
    "nobody %i ms after its end, seen before or not",
    async (after) => {
      const { accessToken, expiresAt } = await tokens.signAccess(claims, later(after));
      const end = new Date(expiresAt.getTime() + after);
      const fresh = createTokens(parseSecrets(ours));
      expect(await fresh.verifyAccess(accessToken, end)).toBeUndefined();
      await tokens.verifyAccess(accessToken, later(after));
      expect(await tokens.verifyAccess(accessToken, end)).toBeUndefined();
    },
  );

  test("says no more than it must", async () => {
    const { accessToken } = await tokens.signAccess(claims, now);
    const [header, payload] = accessToken
      .split(".")
      .map((part) => Buffer.from(part, "base64url").toString());
    expect(JSON.parse(header ?? "")).toEqual({ alg: "EdDSA", typ: "at+jwt", kid: key.id });
    expect(Object.keys(JSON.parse(payload ?? "")).sort()).toEqual([
      "aud",
      "exp",
      "iat",
      "iss",
      "org",
      "role",
      "sid",
      "sub",
    ]);
  });

  test("the helper of these tests makes good tokens", async () => {
    expect(await tokens.verifyAccess(await aToken(), now)).toMatchObject(claims);
  });

  test.each<[string, Parameters<typeof aToken>[0]]>([
    ["another audience", { payload: { aud: "another-api" } }],
    ["no audience", { payload: { aud: undefined } }],
    ["another issuer", { payload: { iss: "somebody" } }],
    ["no end", { payload: { exp: undefined } }],
    ["an end long ago", { payload: { exp: 1 } }],
    ["another type", { header: { typ: "rt+jwt" } }],
    ["no type", { header: { typ: undefined } }],
    ["an unknown key", { header: { kid: "unknown" } }],
    ["no key", { header: { kid: undefined } }],
    ["a key that is a path", { header: { kid: "../../dev/null" } }],
    ["a role that is not one", { payload: { role: "owner" } }],
    ["a person that is not one", { payload: { sub: "1 or 1=1" } }],
    ["no organisation", { payload: { org: undefined } }],
    ["a critical extension", { header: { crit: ["exp"] } }],
  ])("%s is refused", async (_what, changes) => {
    // jose itself will not sign some of them, which is as good.
    const token = await aToken(changes).catch(() => "");
    expect(await tokens.verifyAccess(token, now)).toBeUndefined();
  });

  const publicKey = key.publicKey.export({ format: "der", type: "spki" });
  const publicText = key.publicKey.export({ format: "pem", type: "spki" });
  const hmac = (material: Buffer | string) => (text: string) =>
    createHmac("sha256", material).update(text).digest("base64url");
  test.each([
    ["no signature", forge({ alg: "none", typ: "at+jwt", kid: key.id }, () => "")],
    ["no signature, spelled oddly", forge({ alg: "nOnE", typ: "at+jwt", kid: key.id }, () => "")],
    [
      "the public key as a password",
      forge({ alg: "HS256", typ: "at+jwt", kid: key.id }, hmac(publicKey)),
    ],
    [
      "the public key's text as a password",
      forge({ alg: "HS256", typ: "at+jwt", kid: key.id }, hmac(publicText)),
    ],
    ["an empty password", forge({ alg: "HS256", typ: "at+jwt", kid: key.id }, hmac(""))],
    [
      "a key it brings along",
      forge(
        { alg: "EdDSA", typ: "at+jwt", jwk: key.publicKey.export({ format: "jwk" }) },
        () => "AA",
      ),
    ],
  ])("%s is no signature", async (_what, token) => {
    expect(await tokens.verifyAccess(token, now)).toBeUndefined();
  });

  test("a changed letter anywhere is refused", async () => {
    const { accessToken } = await tokens.signAccess(claims, now);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(accessToken.length - 2),
        fc.constantFrom("A", "z", "-", ".", " ", ""),
        async (at, letter) => {
          const changed = accessToken.slice(0, at) + letter + accessToken.slice(at + 1);
          fc.pre(changed !== accessToken);
          expect(await tokens.verifyAccess(changed, now)).toBeUndefined();
        },
      ),
    );
  });

  test("a new first secret signs, and the tokens of the old one are still good", async () => {
    const next = secret();
    const rotated = createTokens(parseSecrets(`${next},${ours}`));
    const old = await tokens.signAccess(claims, now);
    const fresh = await rotated.signAccess(claims, now);
    expect(await rotated.verifyAccess(old.accessToken, now)).toMatchObject(claims);
    expect(await rotated.verifyAccess(fresh.accessToken, now)).toMatchObject(claims);
    expect(
      await createTokens(parseSecrets(next)).verifyAccess(old.accessToken, now),
    ).toBeUndefined();
    expect(await tokens.verifyAccess(fresh.accessToken, now)).toBeUndefined();
  });
});

describe("platform/tokens refresh", () => {
  const session = { ...ids, generation: 3, salt: "salt" };
  const text = tokens.refreshToken(session);

  test("names its session and which of its tokens it is", () => {
    const token = tokens.readRefresh(text);
    expect(token).toMatchObject({ ...ids, generation: 3 });
    expect(token && tokens.isGenuine(token, "salt")).toBe(true);
  });

  test("is no access token, and an access token is none", async () => {
    const { accessToken } = await tokens.signAccess(claims, now);
    expect(await tokens.verifyAccess(text, now)).toBeUndefined();
    expect(tokens.readRefresh(accessToken)).toBeUndefined();
  });

  test("is not genuine with another salt, under another secret, or for another number", () => {
    const token = tokens.readRefresh(text);
    if (token === undefined) throw new Error("unreadable");
    expect(tokens.isGenuine(token, "another salt")).toBe(false);
    expect(tokens.isGenuine({ ...token, generation: 4 }, "salt")).toBe(false);
    expect(tokens.isGenuine({ ...token, sessionId: claims.userId }, "salt")).toBe(false);
    expect(createTokens(parseSecrets(secret())).isGenuine(token, "salt")).toBe(false);
    expect(createTokens(parseSecrets(`${secret()},${ours}`)).isGenuine(token, "salt")).toBe(true);
  });

  test("one bit changed anywhere is another token, and not genuine", () => {
    const bytes = Buffer.from(text, "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      const token = tokens.readRefresh(changed.toString("base64url"));
      expect(token && tokens.isGenuine(token, "salt")).toBe(false);
    }
  });

  test("any text at all is read as a token or as none", async () => {
    const anyText = fc.oneof(
      fc.string({ maxLength: 120 }),
      fc
        .uint8Array({ minLength: 60, maxLength: 76 })
        .map((bytes) => Buffer.from(bytes).toString("base64url")),
    );
    await fc.assert(
      fc.asyncProperty(anyText, async (given) => {
        const token = tokens.readRefresh(given);
        if (token === undefined) return;
        expect(token.sessionId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
        expect(tokens.isGenuine(token, "salt")).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
