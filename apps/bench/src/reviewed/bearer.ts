import { createHmac, timingSafeEqual } from "node:crypto";
import type { NextFunction, Request, Response } from "express";

const DAY_SECONDS = 86_400;

/** A token of the reviewed design: HS256, good for a day. */
export function signBearer(userId: string, secret: string): string {
  const exp = Math.floor(Date.now() / 1_000) + DAY_SECONDS;
  const text = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ sub: userId, exp })}`;
  return `${text}.${macOf(text, secret).toString("base64url")}`;
}

/** Lets signed-in people through; who they are is in `response.locals.userId`. */
export function requireBearer(secret: string) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const userId = readBearer(request.headers.authorization ?? "", secret);
    if (userId === undefined) {
      response.status(401).json({ error: "sign in first" });
      return;
    }
    response.locals.userId = userId;
    next();
  };
}

function readBearer(authorization: string, secret: string): string | undefined {
  const [head = "", payload = "", mac = ""] = authorization.replace(/^Bearer /, "").split(".");
  const given = Buffer.from(mac, "base64url");
  const wanted = macOf(`${head}.${payload}`, secret);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const claims: { sub: string; exp: number } = JSON.parse(
    Buffer.from(payload, "base64url").toString(),
  );
  return claims.exp * 1_000 > Date.now() ? claims.sub : undefined;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function macOf(text: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}
