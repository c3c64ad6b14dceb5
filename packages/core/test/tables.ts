import type { Cell, Rows, Table } from "#core/platform/table.ts";

export function aTable(columns = 1): Table {
  return {
    title: "申込",
    timeZone: "Asia/Tokyo",
    columns: Array.from({ length: columns }, (_, index) => ({
      heading: `列 ${index + 1}`,
      width: 12,
    })),
  };
}

export async function* rowsOf(rows: Cell[][]): AsyncGenerator<Cell[]> {
  yield* rows;
}

export async function gather<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
}

/** Rows that hardly shrink in a zip, and what their reader did with them. */
export function readerOf(length: number, { failsAt = length } = {}) {
  const reader = { given: 0, isClosed: false, rows };
  return reader;

  async function* rows(): Rows & AsyncGenerator<Cell[]> {
    try {
      for (let number = 0; number < length; number += 1) {
        if (number === failsAt) throw new Error(`row ${number}`);
        reader.given += 1;
        yield [number, noise(number), noise(number + length)];
      }
    } finally {
      reader.isClosed = true;
    }
  }
}

/** Letters without a pattern, the same for the same seed. */
function noise(seed: number): string {
  let state = seed + 1;
  const words = Array.from({ length: 5 }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return (state >>> 0).toString(36);
  });
  return words.join("");
}
