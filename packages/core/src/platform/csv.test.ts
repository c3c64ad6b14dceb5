import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCsv } from "#test/read-tables.ts";
import { aTable, gather, readerOf, rowsOf } from "#test/tables.ts";
import { writeCsv } from "./csv.ts";
import { type Cell, cellText, type Rows, type Table } from "./table.ts";

type Writer = (table: Table, rows: Rows) => AsyncIterable<Buffer>;

async function write(rows: Cell[][], writer: Writer = writeCsv, table = aTable()): Promise<string> {
  return Buffer.concat(await gather(writer(table, rowsOf(rows)))).toString();
}

/** What a spreadsheet may take for a formula, told in another way than the guard's. */
function isLive(cell: string): boolean {
  const seen = cell.replace(/^[\s\p{C}\p{Z}]+/u, "");
  return /^[\t\r\n]/.test(cell) || /^[=+\-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼−]/u.test(seen);
}

const anyText = fc.string({
  unit: fc.constantFrom(
    ..."=+-@＝＋－＠﹣⁺− \u3000\u00a0\u200b\ufeff\t\r\n\0\",;'a1あ😀".split(/(?:)/u),
  ),
  maxLength: 6,
});

/** Fails for a writer through which any text of a cell can become a formula, or another text. */
function guards(writer: Writer) {
  return fc.asyncProperty(fc.array(anyText, { minLength: 1, maxLength: 5 }), async (texts) => {
    const table = aTable(texts.length);
    const [, row = []] = readCsv(await write([texts], writer, table));
    expect(row.filter(isLive)).toEqual([]);
    expect(row.map((cell) => cell.replace(/^'/, ""))).toEqual(
      texts.map((text) => cellText(text).replace(/^'/, "")),
    );
  });
}

/** A writer with a guard of its own, else as it should be. */
function withGuard(guard: (text: string) => string): Writer {
  return async function* (_table, rows) {
    yield Buffer.from("\ufeff\r\n");
    for await (const row of rows) {
      const fields = row.map((cell) => `"${guard(cellText(String(cell))).replaceAll('"', '""')}"`);
      yield Buffer.from(`${fields.join(",")}\r\n`);
    }
  };
}

describe("platform/csv", () => {
  test("Excel opens it: a byte order mark, CRLF, texts in quotes, numbers bare", async () => {
    const cells = [
      '山田, "太郎"\n二行目',
      -1.5,
      true,
      new Date("2026-11-26T06:00:00Z"),
      { day: "2026-11-26" },
      null,
    ];
    const csv = await write([cells], writeCsv, { ...aTable(6), timeZone: "Asia/Tokyo" });
    expect(csv).toBe(
      '\ufeff"列 1","列 2","列 3","列 4","列 5","列 6"\r\n' +
        '"山田, ""太郎""\n二行目",-1.5,TRUE,2026-11-26 15:00:00,"2026-11-26",\r\n',
    );
  });

  test("a heading is a text too, and a table without rows has one", async () => {
    const table = { ...aTable(), columns: [{ heading: '=1+"1"', width: 9 }] };
    expect(await write([], writeCsv, table)).toBe('\ufeff"\'=1+""1"""\r\n');
  });

  test("no text of a cell becomes a formula, and every text is read back", async () => {
    await fc.assert(guards(writeCsv), { numRuns: 1_000 });
  });

  test.each<[string, (text: string) => string]>([
    ["without a guard", (text) => text],
    [
      "that looks at the first sign alone",
      (text) => (/^[=+\-@＝＋－＠\t]/.test(text) ? `'${text}` : text),
    ],
    [
      "that looks past blanks but not at wide signs",
      (text) => (/^\s*[=+\-@\t\n]/.test(text) ? `'${text}` : text),
    ],
    ["that takes the sign away", (text) => text.replace(/^[^a1あ]+/u, "")],
  ])("a writer %s is caught", async (_name, guard) => {
    expect((await fc.check(guards(withGuard(guard)), { numRuns: 1_000 })).failed).toBe(true);
  });

  test("numbers stay numbers, and what is none is empty", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double(), async (number) => {
        const [, [cell = ""] = []] = readCsv(await write([[number]], writeCsv, aTable(1)));
        if (Number.isFinite(number)) expect(Number(cell)).toBe(number + 0);
        else expect(cell).toBe("");
      }),
    );
  });

  test("a text of a million signs is whole", async () => {
    const text = `${'長い"文,\n'.repeat(200_000)}end`;
    const [, [cell] = []] = readCsv(await write([[text]], writeCsv, aTable(1)));
    expect(cell === text).toBe(true);
  });

  test("it reads no further than it is read, and lets go of the rows when nobody reads on", async () => {
    const reader = readerOf(200_000);
    const csv = writeCsv(aTable(3), reader.rows());
    await csv.next();
    expect(reader.given).toBe(0);
    await csv.next();
    expect(reader.given).toBeLessThan(2_000);
    await csv.return(undefined);
    expect(reader.isClosed).toBe(true);
  });

  test("what goes wrong with the rows goes wrong with the file", async () => {
    const reader = readerOf(5_000, { failsAt: 4_000 });
    await expect(gather(writeCsv(aTable(3), reader.rows()))).rejects.toThrow("row 4000");
  });
});
