import { describe, expect, test } from "vitest";
import { createTestBed } from "#test/bed.ts";
import { isDatabaseUp } from "./queries.ts";

describe("system/queries", () => {
  test("a database that is there is up, one that is gone is an error", async () => {
    const bed = await createTestBed();
    expect(await isDatabaseUp(bed.ctx)).toBe(true);
    await bed[Symbol.asyncDispose]();
    await expect(isDatabaseUp(bed.ctx)).rejects.toThrow();
  });
});
