import { inflateRawSync } from "node:zlib";
import * as fc from "fast-check";
import { type Cell as ReadCell, writeXlsx as writeWithHucre, writeXlsxStream } from "hucre/xlsx";
import { describe, expect, test } from "vitest";
import { readSheets } from "#test/read-tables.ts";
import { aTable, gather, rowsOf } from "#test/tables.ts";
import { type Cell, cellText, type Table } from "./table.ts";
import { writeXlsx } from "./xlsx.ts";
import { MAX_CELL_CHARACTERS } from "./xlsx-sheet.ts";

async function write(rows: Cell[][], table: Table, options = {}): Promise<Buffer> {
  return Buffer.concat(await gather(writeXlsx(table, rowsOf(rows), options)));
}

async function readBack(rows: Cell[][], table: Table = aTable(rows[0]?.length)) {
  const [sheet] = await readSheets(await write(rows, table));
  return sheet?.rows.slice(1);
}

/** The file's first part as text, which is the first sheet. */
function firstPart(file: Buffer): string {
  const begin = 30 + file.readUInt16LE(26) + file.readUInt16LE(28);
  const text = inflateRawSync(file.subarray(begin));
  return new TextDecoder("utf-8", { fatal: true }).decode(text);
}

/** All that XML 1.0 can hold. */
const XML_TEXT = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom(
      "=",
      "_x0041_",
      "_x",
      "_",
      "<",
      "&",
      "]]>",
      '"',
      "'",
      " ",
      "\r",
      "\n",
      "\t",
      "\0",
      "\u0085",
      "\ud83d",
      "😀",
      "あ",
    ),
    maxLength: 8,
  }),
);

type Writer = (rows: string[][], table: Table) => Promise<Buffer>;

/** Fails for a writer through which any text becomes another, or a formula, or breaks the file. */
function keepsTexts(writer: Writer) {
  return fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 5 }), async (texts) => {
    const file = await writer([[...texts, "end"]], aTable(texts.length + 1));
    expect(firstPart(file)).toMatch(XML_TEXT);
    const [sheet] = await readSheets(file);
    expect(sheet?.rows[1]?.map((cell) => cell ?? "")).toEqual([...texts.map(cellText), "end"]);
    expect([...(sheet?.cells?.values() ?? [])].filter(({ formula }) => formula)).toEqual([]);
  });
}

/** By another library, right but for texts that begin with an equals sign. */
async function computing(rows: string[][], { title: name }: Table): Promise<Buffer> {
  const texts = [[], ...rows.map((row) => row.map((text) => literal(cellText(text))))];
  const cells = new Map<string, Partial<ReadCell>>();
  for (const [y, row] of texts.entries()) {
    for (const [x, text] of row.entries()) {
      if (/^=./.test(text)) cells.set(`${y},${x}`, { formula: text.slice(1) });
    }
  }
  return Buffer.from(await writeWithHucre({ sheets: [{ name, rows: texts, cells }] }));
}

/** By another library, which takes texts as they come. */
async function trusting(rows: string[][], { title: name }: Table): Promise<Buffer> {
  const texts = rows.map((row) => row.map(cellText));
  return Buffer.concat(await gather(writeXlsxStream([[], ...texts], { name })));
}

function literal(text: string): string {
  return text.replace(/_(?=x[\dA-Fa-f]{4}_)/g, "_x005F_");
}

describe("platform/xlsx", () => {
  test("the heading is bold and stays in sight, columns are as wide as asked", async () => {
    const table = {
      ...aTable(),
      columns: [
        { heading: "=受付番号", width: 10 },
        { heading: "氏名", width: 24.5 },
      ],
    };
    const [sheet] = await readSheets(await write([["0001", "山田"]], table));
    expect(sheet?.name).toBe("申込");
    expect(sheet?.freezePane).toEqual({ rows: 1 });
    expect(sheet?.columns?.map(({ width }) => width)).toEqual([10, 24.5]);
    expect(sheet?.rows).toEqual([
      ["=受付番号", "氏名"],
      ["0001", "山田"],
    ]);
    const isBold = (place: string) => sheet?.cells?.get(place)?.style?.font?.bold === true;
    expect([isBold("0,0"), isBold("0,1"), isBold("1,0"), isBold("1,1")]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("each kind of cell is read as its kind", async () => {
    const row = [
      "=1+1",
      "007",
      -1.5,
      true,
      false,
      new Date("2026-11-26T06:00:00Z"),
      { day: "2026-11-26" },
      null,
    ];
    const [sheet] = await readSheets(await write([row], aTable(8)));
    const cell = (column: number): Partial<ReadCell> => sheet?.cells?.get(`1,${column}`) ?? {};
    expect(sheet?.rows[1]?.slice(0, 5)).toEqual(["=1+1", "007", -1.5, true, false]);
    expect(cell(0)).toEqual({ value: "=1+1", type: "string", style: { numFmt: "@" } });
    // A spreadsheet's time has no zone: the reader takes the clock in Tokyo for one in Greenwich.
    expect(cell(5)).toMatchObject({ value: new Date("2026-11-26T15:00:00Z"), type: "date" });
    expect(cell(6)).toMatchObject({ value: new Date("2026-11-26T00:00:00Z"), type: "date" });
    expect(cell(5).style?.numFmt?.replaceAll("\\", "")).toBe("yyyy-mm-dd hh:mm:ss");
    expect(cell(6).style?.numFmt?.replaceAll("\\", "")).toBe("yyyy-mm-dd");
    expect(cell(7).value ?? null).toBeNull();
  });

  test.each(["2026-02-30", "1900-02-28", "0900-01-01", "soon", "2026-13-01", ""])(
    "a day that no spreadsheet can count is a text: %s",
    async (day) => {
      expect(await readBack([["a", { day }, "z"]])).toEqual([["a", day === "" ? null : day, "z"]]);
    },
  );

  test("every text is read back, is never a formula, and the file is well-formed", async () => {
    await fc.assert(keepsTexts(write), { numRuns: 300 });
  });

  test.each<[string, Writer]>([
    ["that computes what looks like a formula", computing],
    ["that leaves an underscore as it is", trusting],
  ])("a writer %s is caught", async (_name, writer) => {
    expect((await fc.check(keepsTexts(writer), { numRuns: 1_000 })).failed).toBe(true);
  });

  test("numbers stay numbers, and what is none is empty", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double(), async (number) => {
        const expected = Number.isFinite(number) ? number + 0 : null;
        expect(await readBack([["a", number, "z"]])).toEqual([["a", expected, "z"]]);
      }),
    );
  });

  test("a text that no cell can hold is cut, between characters", async () => {
    const fits = "あ".repeat(MAX_CELL_CHARACTERS);
    const [row = []] =
      (await readBack([[fits, `${fits}い`, `a${"😀".repeat(MAX_CELL_CHARACTERS)}`]])) ?? [];
    expect(row[0] === fits).toBe(true);
    expect(row[1]).toBe(`${fits.slice(1)}…`);
    expect(String(row[2])).toMatch(/^a(?:😀)+…$/u);
    expect(row.every((cell) => String(cell).length <= MAX_CELL_CHARACTERS)).toBe(true);
  });

  test.each([
    [0, 3, [0]],
    [2, 3, [2]],
    [3, 3, [2, 1]],
    [7, 3, [2, 2, 2, 1]],
  ])(
    "%i rows on sheets of %i are split without loss, each with the heading",
    async (count, sheetRows, split) => {
      const rows = Array.from({ length: count }, (_, index) => [index]);
      const sheets = await readSheets(await write(rows, aTable(1), { sheetRows }));
      expect(sheets.map((sheet) => sheet.rows.length - 1)).toEqual(split);
      expect(sheets.map((sheet) => sheet.rows[0])).toEqual(split.map(() => ["列 1"]));
      expect(sheets.flatMap((sheet) => sheet.rows.slice(1))).toEqual(rows);
      expect(new Set(sheets.map(({ name }) => name)).size).toBe(split.length);
    },
  );

  test("the same table is the same bytes", async () => {
    const rows = [["山田", 1, new Date(0)]];
    expect((await write(rows, aTable(3))).equals(await write(rows, aTable(3)))).toBe(true);
  });
});
