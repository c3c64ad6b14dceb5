import { DAY } from "@tsudoi/shared/time.ts";
import { describe, expect, test } from "vitest";
import { oneTimeTokens } from "#core/db/schema/one-time-tokens.ts";
import { useBed } from "#test/stage.ts";
import { sweepOneTimeTokens } from "./sweep-one-time-tokens.ts";

const bed = useBed();

describe("auth/sweep-one-time-tokens", () => {
  test("removes what ended a week ago, and nothing else, twice over", async () => {
    const ends = [-8 * DAY, -7 * DAY - 60_000, -7 * DAY + 60_000, -DAY, DAY];
    await bed.ctx.db.insert(oneTimeTokens).values(
      ends.map((end, index) => ({
        tokenHash: String(index),
        purpose: "set-up" as const,
        expiresAt: new Date(Date.now() + end),
        usedAt: index % 2 === 0 ? new Date() : null,
      })),
    );
    expect([await sweepOneTimeTokens(bed.ctx), await sweepOneTimeTokens(bed.ctx)]).toEqual([2, 0]);
    const left = await bed.ctx.db.select({ hash: oneTimeTokens.tokenHash }).from(oneTimeTokens);
    expect(left.map((row) => row.hash).sort()).toEqual(["2", "3", "4"]);
  });
});
