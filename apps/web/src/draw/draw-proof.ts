import type { Lot } from "@tsudoi/shared/draws.ts";

export type Draw = { seed: string; hash: string; entrants: number };

/** What was found, each with what is needed to name it. */
export type Proof =
  | { agrees: true; entries: number }
  | { agrees: false; wrong: "seed" }
  | { agrees: false; wrong: "count"; found: number }
  | { agrees: false; wrong: "order"; rank: number };

/** Draws again from the seed: it is the one that was promised, everyone is there, and in this order. */
export async function proveDraw({ seed, hash, entrants }: Draw, lots: Lot[]): Promise<Proof> {
  const bytes = fromHex(seed);
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  if (toHex(digest) !== hash) return { agrees: false, wrong: "seed" };
  if (new Set(lots.map((lot) => lot.registrationId)).size !== entrants) {
    return { agrees: false, wrong: "count", found: lots.length };
  }
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
  let before = "";
  for (const [place, { registrationId, rank }] of lots.entries()) {
    const mark = toHex(await crypto.subtle.sign("HMAC", key, encoder.encode(registrationId)));
    if (rank !== place + 1 || mark <= before) return { agrees: false, wrong: "order", rank };
    before = mark;
  }
  return { agrees: true, entries: lots.length };
}

/** The same for a terminal; it prints the hash, then the ids in the order of the draw. */
export function drawScript(seed: string): string {
  return `import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
const seed = Buffer.from("${seed}", "hex"), ids = readFileSync("ids.txt", "utf8").trim().split(/\\s+/);
const lot = (id) => createHmac("sha256", seed).update(id).digest("hex");
console.log([createHash("sha256").update(seed).digest("hex"), ...ids.sort((a, b) => (lot(a) < lot(b) ? -1 : 1))].join("\\n"));`;
}

const encoder = new TextEncoder();

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length / 2);
  for (const place of bytes.keys())
    bytes[place] = Number.parseInt(hex.slice(2 * place, 2 * place + 2), 16);
  return bytes;
}

function toHex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
