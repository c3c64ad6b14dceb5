import { cellText } from "./table.ts";
import { escapeXml } from "./xlsx-sheet.ts";

const MAX_NAME = 31;
const XML = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n`;
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";

export function sheetPath(number: number): string {
  return `worksheets/sheet${number}.xml`;
}

/** Everything of a workbook but its sheets, by path. */
export function workbookParts(title: string, sheets: number): Record<string, string> {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const types = numbers.map(
    (number) =>
      `<Override PartName="/xl/${sheetPath(number)}" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  const names = numbers.map(
    (number) =>
      `<sheet name="${escapeXml(sheetName(title, number))}" sheetId="${number}" r:id="rId${number}"/>`,
  );
  const relations = numbers.map((number) => relation(number, "worksheet", sheetPath(number)));
  return {
    "[Content_Types].xml": `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${types.join("")}</Types>`,
    "_rels/.rels": relationships([relation(1, "officeDocument", "xl/workbook.xml")]),
    "xl/workbook.xml": `${XML}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${names.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships([
      ...relations,
      relation(sheets + 1, "styles", "styles.xml"),
    ]),
    "xl/styles.xml": STYLES_XML,
  };
}

function relationships(relations: string[]): string {
  return `${XML}<Relationships xmlns="${RELATIONS}">${relations.join("")}</Relationships>`;
}

function relation(number: number, kind: string, target: string): string {
  return `<Relationship Id="rId${number}" Type="${DOCUMENT}/${kind}" Target="${target}"/>`;
}

/** The formats stand in the order of `STYLES`; 49 is text, so that a cell which is edited stays one. */
const STYLES_XML = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** A name that Excel takes: 31 characters, some signs and one word refused, told apart by their number. */
export function sheetName(title: string, number: number): string {
  const suffix = number === 1 ? "" : ` (${number})`;
  const name = trimmed(
    trimmed(cellText(title).replace(/[[\]:*?/\\\s]+/g, " "))
      .slice(0, MAX_NAME - suffix.length)
      .replace(/[\ud800-\udbff]$/, ""),
  );
  return (name === "" || /^history$/i.test(name) ? "Sheet" : name) + suffix;
}

function trimmed(name: string): string {
  return name.replace(/^[\s']+|[\s']+$/g, "");
}
