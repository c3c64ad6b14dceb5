import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { parseSecrets } from "./secrets.ts";

/** The same every time, so that a changed derivation is seen: it would sign everybody out. */
const SECRET = Buffer.alloc(32, 7).toString("base64url");
const OTHER = Buffer.alloc(32, 8).toString("base64url");

describe("platform/secrets", () => {
  test("every purpose has keys of its own, and always the same", () => {
    const secrets = parseSecrets(SECRET);
    const [mac] = secrets.mac("refresh token");
    expect(createHash("sha256").update(mac).digest("hex").slice(0, 16)).toMatchInlineSnapshot(
      `"c8cbbed2afcf2cb5"`,
    );
    expect(secrets.signing("access token")[0].id).toMatchInlineSnapshot(`"b7JRqOM9"`);
    expect(mac.equals(secrets.mac("another purpose")[0])).toBe(false);
    expect(secrets.signing("refresh token")[0].id).not.toBe(secrets.signing("access token")[0].id);
  });

  test("the first secret comes first, the others still count", () => {
    const rotated = parseSecrets(`${OTHER}, ${SECRET}`);
    expect(rotated.signing("access token").map((key) => key.id)).toEqual([
      parseSecrets(OTHER).signing("access token")[0].id,
      parseSecrets(SECRET).signing("access token")[0].id,
    ]);
    expect(rotated.mac("refresh token")[1]).toEqual(parseSecrets(SECRET).mac("refresh token")[0]);
  });

  test.each(["", "short", Buffer.alloc(31).toString("base64url"), `${SECRET},`, `${SECRET},short`])(
    "%j is refused, in words that do not repeat it",
    (value) => {
      expect(() => parseSecrets(value)).toThrow(/^SECRETS needs at least 32 random bytes/);
    },
  );
});
