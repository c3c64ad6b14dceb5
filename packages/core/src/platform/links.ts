import { createHmac, timingSafeEqual } from "node:crypto";
import type { Secrets } from "./secrets.ts";

/** What a link lets its bearer do, without signing in. */
export const LINK_PURPOSES = [
  "offer",
  "leave",
  "invite",
  "calendar",
  "calendar-entry",
  "cover",
] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** The thing a link is about; a later generation ends the links of those before. */
export type Link = { organizationId: string; id: string; generation: number };

export type Links = {
  sign: (purpose: LinkPurpose, link: Link) => string;
  /** What a link made here for this purpose is about, else undefined. */
  read: (purpose: LinkPurpose, token: string) => Link | undefined;
};

const ID_BYTES = 16;
const HEAD_BYTES = 2 * ID_BYTES + 4;
/** Half of a SHA-256: a guess is right once in 2^128, and the link fits on one line of a mail. */
const MAC_BYTES = 16;

/** Nothing is stored for a link: it names its thing, and a MAC makes that believable. */
export function createLinks(secrets: Secrets): Links {
  const keys = new Map(
    LINK_PURPOSES.map((purpose) => [purpose, secrets.mac(`link ${purpose}`)] as const),
  );
  const keysOf = (purpose: LinkPurpose) => {
    const found = keys.get(purpose);
    if (found === undefined) throw new Error(`no keys for ${purpose}`);
    return found;
  };
  return {
    sign(purpose, link) {
      const head = headOf(link);
      return Buffer.concat([head, macOf(keysOf(purpose)[0], head)]).toString("base64url");
    },
    read(purpose, token) {
      const bytes = Buffer.from(token, "base64url");
      // One link has one spelling: what the decoder passes over would make others.
      if (bytes.length !== HEAD_BYTES + MAC_BYTES || bytes.toString("base64url") !== token) {
        return undefined;
      }
      const head = bytes.subarray(0, HEAD_BYTES);
      const mac = bytes.subarray(HEAD_BYTES);
      return keysOf(purpose).some((key) => timingSafeEqual(macOf(key, head), mac))
        ? readHead(head)
        : undefined;
    },
  };
}

function macOf(key: Buffer, head: Buffer): Buffer {
  return createHmac("sha256", key).update(head).digest().subarray(0, MAC_BYTES);
}

function headOf(link: Link): Buffer {
  const generation = Buffer.alloc(4);
  generation.writeUInt32BE(link.generation);
  return Buffer.concat([bytesOf(link.organizationId), bytesOf(link.id), generation]);
}

function readHead(head: Buffer): Link {
  return {
    organizationId: uuidOf(head.subarray(0, ID_BYTES)),
    id: uuidOf(head.subarray(ID_BYTES, 2 * ID_BYTES)),
    generation: head.readUInt32BE(2 * ID_BYTES),
  };
}

export function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

export function uuidOf(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
