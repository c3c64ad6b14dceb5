import { expect, it } from "vitest";
import { findStray } from "./tiers.ts";

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
