import { expect, test } from "vitest";
import { toFilter } from "./people-queries.ts";
import { isFiltered, readPeopleSearch } from "./people-search.ts";

const departmentId = "01890000-0000-7000-8000-000000000000";

test("an address says which people are meant", () => {
  const search = readPeopleSearch({ text: " 佐藤 ", standing: "pending", departmentId });
  expect(isFiltered(search)).toBe(true);
  expect(toFilter(search)).toEqual({ text: "佐藤", status: "pending", departmentId });
});

test("what cannot be asked for is left out", () => {
  for (const search of [
    {},
    { text: "  ", departmentId: "me" },
    { text: ["a"], standing: 1, departmentId: null },
  ]) {
    expect(isFiltered(readPeopleSearch(search))).toBe(false);
  }
  expect(readPeopleSearch({ text: "x".repeat(500) }).text).toHaveLength(100);
});

test("without a word about it, those who hold or await a place are meant", () => {
  const statusFor = (standing?: string) => toFilter(readPeopleSearch({ standing })).status;
  expect(statusFor()).toBe("live");
  expect(statusFor("sleeping")).toBe("live");
  expect(statusFor("ended")).toBe("ended");
  expect(statusFor("all")).toBeUndefined();
});
