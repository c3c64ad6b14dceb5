import { expect, it } from "vitest";
import { ROOT } from "./run-step.ts";
import { ALONE, FIRST, findStray, listFiles, TIERS } from "./tiers.ts";

it.each([
  "packages/shared/src/time.test.ts",
  "packages/core/src/registrations/register.pg.test.ts",
  "apps/api/test/http.e2e.test.ts",
  "apps/worker/test/outbox/relay.e2e.test.ts",
  "infra/scripts/test/start.e2e.test.ts",
  "apps/web/test/sign-in.browser.test.ts",
])("accepts %s", (path) => {
  expect(findStray([path])).toBeUndefined();
});

it.each([
  "packages/core/src/registrations/register.db.test.ts",
  "packages/core/src/registrations/register.e2e.test.ts",
  "apps/api/test/screen.browser.test.ts",
  "packages/shared/src/time.spec.ts",
  "apps/web/src/button.test.tsx",
  "infra/scripts/bootstrap/lock.test.mjs",
])("refuses %s, which no tier would run", (path) => {
  expect(findStray(["packages/shared/src/time.test.ts", path])).toBe(path);
});

it("runs every file once", () => {
  const files = TIERS.flatMap((tier) => listFiles(ROOT, tier));
  expect(files.filter((file, index) => files.indexOf(file) !== index)).toEqual([]);
});

it("runs nothing beside the files that need the machine for themselves", () => {
  const [alone, ...others] = TIERS.filter((tier) => tier.atATime === 1);
  expect(others).toEqual([]);
  expect(alone && listFiles(ROOT, alone).toSorted()).toEqual(ALONE.toSorted());
});

it("begins with files that are there and have others beside them", () => {
  const beside = TIERS.filter((tier) => tier.atATime > 1).flatMap((tier) => listFiles(ROOT, tier));
  expect(FIRST.filter((file) => !beside.includes(file))).toEqual([]);
});
