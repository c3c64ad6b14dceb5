import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { aTable, gather, readerOf } from "#test/tables.ts";
import type { Rows, Table } from "./table.ts";
import { writeXlsx } from "./xlsx.ts";

type Writer = (table: Table, rows: Rows) => AsyncIterable<Buffer>;

/** What lies between the rows and their reader: the buffers of the streams, however many rows there are. */
const MAX_AHEAD = 20_000;

/** How far a writer's reading of the rows runs ahead of the file's bytes, at most. */
async function rowsAhead(writer: Writer, length: number) {
  const reader = readerOf(length);
  const taken: { bytes: number; given: number }[] = [];
  let bytes = 0;
  for await (const chunk of writer(aTable(3), reader.rows())) {
    bytes += chunk.length;
    taken.push({ bytes, given: reader.given });
  }
  const rowsPerByte = length / bytes;
  return {
    given: reader.given,
    ahead: Math.max(...taken.map((at) => at.given - at.bytes * rowsPerByte)),
  };
}

/** Writes a right file, of rows that were all read first. */
async function* hoarding(table: Table, rows: Rows): AsyncGenerator<Buffer> {
  const all = await gather(rows);
  async function* again() {
    yield* all;
  }
  yield* writeXlsx(table, again());
}

describe("platform/xlsx, streaming", () => {
  test("200,000 rows pass through without being gathered", async () => {
    const { given, ahead } = await rowsAhead(writeXlsx, 200_000);
    expect(given).toBe(200_000);
    expect(ahead).toBeLessThan(MAX_AHEAD);
  });

  test("a writer that gathers them is caught", async () => {
    expect((await rowsAhead(hoarding, 50_000)).ahead).toBeGreaterThan(MAX_AHEAD);
  });

  test("nothing is read while nobody takes the file", async () => {
    const reader = readerOf(200_000);
    const file = writeXlsx(aTable(3), reader.rows());
    expect(reader.given).toBe(0);
    await file.next();
    await whenStill(() => reader.given);
    expect(reader.given).toBeGreaterThan(0);
    expect(reader.given).toBeLessThan(MAX_AHEAD);
    await file.return(undefined);
  });

  test("the rows are let go when the reader leaves, at once or later", async () => {
    for (const chunks of [1, 3, 20]) {
      const reader = readerOf(200_000);
      const file = writeXlsx(aTable(3), reader.rows());
      for (let taken = 0; taken < chunks; taken += 1) await file.next();
      await file.return(undefined);
      expect([chunks, reader.isClosed]).toEqual([chunks, true]);
      expect(reader.given).toBeLessThan(2 * MAX_AHEAD);
    }
  });

  test.each([0, 1, 50, 99, 4_000])("rows that fail at %i fail the file", async (failsAt) => {
    const reader = readerOf(5_000, { failsAt });
    const file = writeXlsx(aTable(3), reader.rows(), { sheetRows: 100 });
    await expect(gather(file)).rejects.toThrow(`row ${failsAt}`);
    expect(reader.isClosed).toBe(true);
  });
});

/** Streams work in turns of the event loop: a hundred without a change, and nothing is under way. */
async function whenStill(look: () => number): Promise<void> {
  for (let still = 0, last = look(); still < 100; still += 1) {
    await nextTurn();
    if (look() !== last) still = 0;
    last = look();
  }
}
