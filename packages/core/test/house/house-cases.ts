import { DOCUMENT_CASES } from "./document-cases.ts";
import type { HouseCase } from "./house-case.ts";
import { MIGRATION_CASES } from "./migration-cases.ts";
import { NAME_CASES } from "./name-cases.ts";
import { PACKAGE_CASES } from "./package-cases.ts";
import { PROCEDURE_CASES } from "./procedure-cases.ts";
import { TABLE_CASES } from "./table-cases.ts";
import { VERB_CASES } from "./verb-cases.ts";
import { WORD_CASES } from "./word-cases.ts";

/** In the order of the rules. */
export const HOUSE_CASES: HouseCase[] = [
  ...VERB_CASES,
  ...PROCEDURE_CASES,
  ...TABLE_CASES,
  ...MIGRATION_CASES,
  ...DOCUMENT_CASES,
  ...PACKAGE_CASES,
  ...NAME_CASES,
  ...WORD_CASES,
];
