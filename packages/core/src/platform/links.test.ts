import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLinks, LINK_PURPOSES } from "./links.ts";
import { parseSecrets } from "./secrets.ts";

const secret = () => randomBytes(32).toString("base64url");
const ours = secret();
const links = createLinks(parseSecrets(ours));
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/= ";
const link = {
  organizationId: "01890000-0000-7000-8000-000000000000",
  id: "01890000-0000-7000-8000-00000000000a",
  generation: 3,
};

describe("links", () => {
  test.each(LINK_PURPOSES)(
    "a link for %s tells what it is about, and opens nothing else",
    (purpose) => {
      const token = links.sign(purpose, link);
      expect(links.read(purpose, token)).toEqual(link);
      for (const other of LINK_PURPOSES.filter((each) => each !== purpose)) {
        expect(links.read(other, token)).toBeUndefined();
      }
    },
  );

  test("one character changed, added or left out makes it nobody's", () => {
    const token = links.sign("offer", link);
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom(...LETTERS), (at, by) => {
        const forged = `${token.slice(0, at)}${by}${token.slice(at + 1)}`;
        fc.pre(forged !== token);
        expect(links.read("offer", forged)).toBeUndefined();
      }),
    );
    expect(links.read("offer", `${token}=`)).toBeUndefined();
    expect(links.read("offer", token.slice(1))).toBeUndefined();
    expect(links.read("offer", "")).toBeUndefined();
  });

  test("secrets that were turned over still read the links they made; foreign ones never did", () => {
    const token = links.sign("leave", link);
    const next = secret();
    expect(createLinks(parseSecrets(`${next},${ours}`)).read("leave", token)).toEqual(link);
    expect(createLinks(parseSecrets(next)).read("leave", token)).toBeUndefined();
  });
});
