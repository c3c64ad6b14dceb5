import type { LintCase } from "./lint-case.ts";
import { PLUGIN_CASES } from "./plugin-cases.ts";
import { SAFETY_CASES } from "./safety-cases.ts";
import { STYLE_CASES } from "./style-cases.ts";
import { WALL_CASES } from "./wall-cases.ts";

export const LINT_CASES: LintCase[] = [
  ...WALL_CASES,
  ...PLUGIN_CASES,
  ...STYLE_CASES,
  ...SAFETY_CASES,
];
