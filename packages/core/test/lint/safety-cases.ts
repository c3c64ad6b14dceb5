import type { LintCase } from "./lint-case.ts";
import {
  asynchronous,
  FEATURE,
  lines,
  SERVER,
  SHARED,
  statusSwitch,
  testFile,
} from "./snippets.ts";

export const SAFETY_CASES: LintCase[] = [
  {
    rule: "nursery/noFloatingPromises",
    why: "a failure nobody hears",
    at: SHARED,
    broken: asynchronous("save();"),
    lawful: asynchronous("await save();"),
  },
  {
    rule: "nursery/noMisusedPromises",
    why: "a promise is always true",
    at: SHARED,
    broken: asynchronous("if (save()) return;", "await save();"),
    lawful: asynchronous("if (await save()) return;", "await save();"),
  },
  {
    rule: "nursery/useExhaustiveSwitchCases",
    why: "a forgotten status",
    at: SHARED,
    broken: statusSwitch("open"),
    lawful: statusSwitch("open", "full"),
  },
  {
    rule: "suspicious/noConsole",
    why: "a line the log never sees",
    at: SERVER,
    broken: 'console.log("started");',
    lawfulAt: "infra/scripts/src/",
  },
  {
    rule: "suspicious/noExplicitAny",
    why: "no type at all",
    at: SHARED,
    broken: "export type Payload = { body: any };",
    lawful: "export type Payload = { body: unknown };",
  },
  {
    rule: "suspicious/noImportCycles",
    why: "two files that need each other",
    at: `${SERVER}cycle.ts`,
    broken: lines(
      'import { other } from "./cycle-other.ts";',
      "",
      "export const own = () => other;",
    ),
    lawful: "export const own = () => 1;",
    beside: [
      "cycle-other.ts",
      lines('import { own } from "./cycle.ts";', "", "export const other = () => own;"),
    ],
  },
  ...["Skipped", "Focused"].map((kind) => {
    const call = kind === "Skipped" ? "it.skip" : "it.only";
    return {
      rule: `suspicious/no${kind}Tests`,
      why: call,
      at: `${FEATURE}*.test.ts`,
      broken: testFile(`${call}(NAME, run);`),
      lawful: testFile("it(NAME, run);"),
      together: ["plugin/no-retried-tests"],
    };
  }),
  {
    rule: "suspicious/noTsIgnore",
    why: "an error is hidden, and stays hidden when it is gone",
    at: SHARED,
    broken: lines("// @ts-ignore: for the case", "export const own: string = 1;"),
    lawful: lines("// @ts-expect-error: for the case", "export const own: string = 1;"),
  },
];
