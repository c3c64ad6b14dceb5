import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { useStage } from "#test/stage.ts";
import { patternsOf } from "./patterns-of.ts";

const stage = useStage();

async function finds(text: string, search: string): Promise<boolean> {
  const patterns = sql.param(patternsOf(search));
  const [row] = await stage.ctx.db.execute<{ found: boolean }>(
    sql`select ${text}::text ~ all(${patterns}::text[]) as found`,
  );
  return row?.found ?? false;
}

describe("db/patterns-of", () => {
  test.each([
    ["田中 タナカ", "たなか"],
    ["田中 たなか", "タナカ"],
    ["田中 たナか", "ﾀﾅｶ"],
    ["ヴァージニア ヶヽヾ", "ゔぁーじにあ ゖゝゞ"],
    ["tanaka mei", "Mei TANAKA"],
    ["anything", " "],
  ])("%s has what is meant by %s", async (text, search) => {
    expect(await finds(text, search)).toBe(true);
  });

  test.each([
    ["田中 タナカ", "たなが"],
    ["田中 タナカ", "田中 さとう"],
    ["ta", "た"],
  ])("%s has not what is meant by %s", async (text, search) => {
    expect(await finds(text, search)).toBe(false);
  });

  test.each([..."\\^$.|?*+(){}[]-#!:%_'\"/"])("%s is a letter like any other", async (sign) => {
    expect(await finds(`x${sign}y`, `${sign}y`)).toBe(true);
    expect(await finds("xzy", `x${sign}y`)).toBe(false);
    expect(await finds(sign.repeat(3), sign.repeat(3))).toBe(true);
    expect(await finds("x", sign.repeat(3))).toBe(false);
  });
});
