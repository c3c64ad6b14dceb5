import { REGISTRATION_STATUSES } from "@tsudoi/shared/registrations.ts";
import { expect, test } from "vitest";
import { readMySearch, SHOWN, toMyListInput } from "./my-search.ts";

test("every status is in one group, and only in one", () => {
  expect(Object.values(SHOWN).flat().toSorted()).toEqual(REGISTRATION_STATUSES.toSorted());
});

test("an address says what it can, and nothing else", () => {
  expect(readMySearch({ when: "past", show: "waiting", more: "x" })).toEqual({
    when: "past",
    show: "waiting",
  });
  expect(readMySearch({ when: "soon", show: "all" })).toEqual({});
});

test("the list is asked for as the address says", () => {
  expect(toMyListInput({})).toEqual({ when: "upcoming" });
  expect(toMyListInput({ when: "past", show: "confirmed" })).toEqual({
    when: "past",
    statuses: ["confirmed"],
  });
});
