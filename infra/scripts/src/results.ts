import * as z from "zod/mini";

const Results = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  numFailedTestSuites: z.number(),
});

export type Ending = {
  /** The exit code of the test runner. */
  code: number;
  /** A run that was narrowed by name leaves tests out on purpose. */
  mayOmit: boolean;
};

/** Counts a tier from the runner's report. A run that ended badly never counts as zero failures. */
export function countResults(
  text: string | undefined,
  { code, mayOmit }: Ending,
): { passed: number; failed: number } {
  const results = parse(text);
  if (!results) return { passed: 0, failed: 1 };
  const left = mayOmit ? 0 : results.numPendingTests + results.numTodoTests;
  const failed = results.numFailedTests + left;
  const unexplained = code !== 0 && failed === 0 ? Math.max(1, results.numFailedTestSuites) : 0;
  return { passed: results.numPassedTests, failed: failed + unexplained };
}

function parse(text: string | undefined): z.infer<typeof Results> | undefined {
  try {
    return Results.parse(JSON.parse(text ?? ""));
  } catch {
    return undefined;
  }
}
