import { parse } from "csv-parse/sync";
import { readXlsx } from "hucre/xlsx";

/** A strict reader: a stray quote, or a row of another length, is refused. */
export function readCsv(csv: Uint8Array | string): string[][] {
  return parse(Buffer.from(csv), { bom: true, record_delimiter: "\r\n" });
}

/** The rows of a workbook's sheets, one after the other. */
export async function readSheets(workbook: Uint8Array) {
  const { sheets } = await readXlsx(workbook, { readStyles: true });
  return sheets;
}
