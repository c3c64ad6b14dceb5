import { createHash, createHmac, randomBytes, randomUUID } from "node:crypto";
import type { Lot } from "@tsudoi/shared/draws.ts";
import { describe, expect, test } from "vitest";
import { proveDraw } from "#web/draw/draw-proof.ts";

function aDraw(entrants: number) {
  const bytes = randomBytes(32);
  const hash = createHash("sha256").update(bytes).digest("hex");
  const mark = (id: string) => createHmac("sha256", bytes).update(id).digest("hex");
  const lots = Array.from({ length: entrants }, () => randomUUID())
    .toSorted((one, other) => (mark(one) < mark(other) ? -1 : 1))
    .map(
      (registrationId, place): Lot => ({ registrationId, rank: place + 1, status: "confirmed" }),
    );
  return { draw: { seed: bytes.toString("hex"), hash, entrants }, lots };
}

describe("draw/draw-proof", () => {
  test("a draw that followed its seed agrees, with one entry as with many", async () => {
    for (const entrants of [0, 1, 250]) {
      const { draw, lots } = aDraw(entrants);
      expect(await proveDraw(draw, lots)).toEqual({ agrees: true, entries: entrants });
    }
  });

  test("another seed than the promised one is found", async () => {
    const { draw, lots } = aDraw(3);
    const seed = randomBytes(32).toString("hex");
    expect(await proveDraw({ ...draw, seed }, lots)).toEqual({ agrees: false, wrong: "seed" });
  });

  test("two who changed places are found, at the place", async () => {
    const { draw, lots } = aDraw(6);
    const [one, other] = [lots[2]!.registrationId, lots[3]!.registrationId];
    const moved = lots.map((lot) => {
      if (lot.registrationId === one) return { ...lot, registrationId: other };
      return lot.registrationId === other ? { ...lot, registrationId: one } : lot;
    });
    expect(await proveDraw(draw, moved)).toEqual({ agrees: false, wrong: "order", rank: 4 });
  });

  test("who is missing, added or there twice is found", async () => {
    const { draw, lots } = aDraw(5);
    const wrong = { agrees: false, wrong: "count" };
    expect(await proveDraw(draw, lots.slice(1))).toEqual({ ...wrong, found: 4 });
    expect(await proveDraw({ ...draw, entrants: 4 }, lots)).toEqual({ ...wrong, found: 5 });
    const twice = [...lots.slice(0, 4), { ...lots[0]!, rank: 5 }];
    expect(await proveDraw(draw, twice)).toEqual({ ...wrong, found: 5 });
  });

  test("a rank that was written over is found", async () => {
    const { draw, lots } = aDraw(4);
    const written = lots.map((lot) => (lot.rank === 3 ? { ...lot, rank: 1 } : lot));
    expect(await proveDraw(draw, written)).toEqual({ agrees: false, wrong: "order", rank: 1 });
  });
});
