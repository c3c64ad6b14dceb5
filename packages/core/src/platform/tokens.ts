import { createHmac, timingSafeEqual } from "node:crypto";
import { MINUTE, SECOND } from "@tsudoi/shared/time.ts";
import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import { LRUCache } from "lru-cache";
import * as z from "zod/mini";
import { bytesOf, createLinks, type Links, uuidOf } from "./links.ts";
import type { Secrets } from "./secrets.ts";

export type AccessClaims = {
  userId: string;
  organizationId: string;
  role: "member" | "organizer" | "admin";
  sessionId: string;
};

export type VerifiedClaims = AccessClaims & { expiresAt: Date };

/** A refresh token names its session and which of its tokens it is; the MAC makes that believable. */
export type RefreshToken = {
  organizationId: string;
  sessionId: string;
  generation: number;
  mac: Buffer;
};

export type Tokens = {
  signAccess: (
    claims: AccessClaims,
    now: Date,
  ) => Promise<{ accessToken: string; expiresAt: Date }>;
  /** The claims of a token made here and still good, and when it ends; else undefined. */
  verifyAccess: (token: string, now: Date) => Promise<VerifiedClaims | undefined>;
  refreshToken: (session: RefreshSession) => string;
  readRefresh: (token: string) => RefreshToken | undefined;
  isGenuine: (token: RefreshToken, salt: string) => boolean;
  links: Links;
};

export type RefreshSession = {
  organizationId: string;
  sessionId: string;
  generation: number;
  salt: string;
};

const ISSUER = "tsudoi";
const AUDIENCE = "tsudoi-api";
const TYPE = "at+jwt";
const ACCESS_MS = 15 * MINUTE;
/** Verifying a signature costs as much as a small query; the same token comes with every call. */
const REMEMBERED = 20_000;

const Claims = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  role: z.enum(["member", "organizer", "admin"]),
  sid: z.uuid(),
  exp: z.int(),
});

export function createTokens(secrets: Secrets): Tokens {
  const signing = secrets.signing("access token");
  const macs = secrets.mac("refresh token");
  const known = new LRUCache<string, VerifiedClaims>({
    max: REMEMBERED,
  });
  const verify = async (token: string, now: Date) => {
    const payload = await jwtVerify(token, (header) => keyFor(signing, header.kid), {
      algorithms: ["EdDSA"],
      issuer: ISSUER,
      audience: AUDIENCE,
      typ: TYPE,
      currentDate: now,
    }).then(
      ({ payload }) => Claims.safeParse(payload satisfies JWTPayload),
      () => undefined,
    );
    return payload?.data;
  };
  return {
    links: createLinks(secrets),
    async signAccess(claims, now) {
      const expiresAt = new Date(Math.floor((now.getTime() + ACCESS_MS) / SECOND) * SECOND);
      const accessToken = await new SignJWT({
        org: claims.organizationId,
        role: claims.role,
        sid: claims.sessionId,
      })
        .setProtectedHeader({ alg: "EdDSA", typ: TYPE, kid: signing[0].id })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(claims.userId)
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .sign(signing[0].privateKey);
      return { accessToken, expiresAt };
    },
    async verifyAccess(token, now) {
      const seen = known.get(token);
      if (seen !== undefined) return now < seen.expiresAt ? seen : undefined;
      const data = await verify(token, now);
      if (data === undefined) return undefined;
      const claims = {
        userId: data.sub,
        organizationId: data.org,
        role: data.role,
        sessionId: data.sid,
        expiresAt: new Date(data.exp * SECOND),
      };
      known.set(token, claims);
      return claims;
    },
    refreshToken: (session) => {
      const head = headOf(session);
      return Buffer.concat([head, macOf(macs[0], head, session.salt)]).toString("base64url");
    },
    readRefresh,
    isGenuine: (token, salt) =>
      macs.some((key) => timingSafeEqual(macOf(key, headOf(token), salt), token.mac)),
  };
}

function keyFor(keys: ReturnType<Secrets["signing"]>, id: string | undefined) {
  const key = keys.find((candidate) => candidate.id === id);
  if (key === undefined) throw new Error("signed by a key not known here");
  return key.publicKey;
}

const ID_BYTES = 16;
const HEAD_BYTES = 2 * ID_BYTES + 4;
const MAC_BYTES = 32;

function headOf(token: { organizationId: string; sessionId: string; generation: number }): Buffer {
  const generation = Buffer.alloc(4);
  generation.writeUInt32BE(token.generation);
  return Buffer.concat([bytesOf(token.organizationId), bytesOf(token.sessionId), generation]);
}

function macOf(key: Buffer, head: Buffer, salt: string): Buffer {
  return createHmac("sha256", key).update(head).update(salt).digest();
}

function readRefresh(token: string): RefreshToken | undefined {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== HEAD_BYTES + MAC_BYTES) return undefined;
  return {
    organizationId: uuidOf(bytes.subarray(0, ID_BYTES)),
    sessionId: uuidOf(bytes.subarray(ID_BYTES, 2 * ID_BYTES)),
    generation: bytes.readUInt32BE(2 * ID_BYTES),
    mac: bytes.subarray(HEAD_BYTES),
  };
}
