import { describe, expect, it } from "vitest";
import { countResults } from "./results.ts";

function report(counts: object): string {
  return JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    numFailedTestSuites: 0,
    ...counts,
  });
}

describe("countResults", () => {
  it("counts what passed and what failed", () => {
    const text = report({ numPassedTests: 7, numFailedTests: 2, numFailedTestSuites: 1 });
    expect(countResults(text, { code: 1, mayOmit: false })).toEqual({ passed: 7, failed: 2 });
  });

  it("counts a skipped test as failed, unless the run was narrowed", () => {
    const text = report({ numPassedTests: 7, numPendingTests: 1, numTodoTests: 1 });
    expect(countResults(text, { code: 0, mayOmit: false })).toEqual({ passed: 7, failed: 2 });
    expect(countResults(text, { code: 0, mayOmit: true })).toEqual({ passed: 7, failed: 0 });
  });

  it("counts files that could not be loaded", () => {
    const text = report({ numPassedTests: 7, numFailedTestSuites: 3 });
    expect(countResults(text, { code: 1, mayOmit: false })).toEqual({ passed: 7, failed: 3 });
  });

  it("counts an error outside every test", () => {
    const text = report({ numPassedTests: 7 });
    expect(countResults(text, { code: 1, mayOmit: false })).toEqual({ passed: 7, failed: 1 });
  });

  it.each([undefined, "", "not json", "{}"])("counts a report of %j as one failure", (text) => {
    expect(countResults(text, { code: 0, mayOmit: false })).toEqual({ passed: 0, failed: 1 });
  });
});
