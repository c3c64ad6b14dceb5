import { REFRESH_GRACE_MS } from "@tsudoi/shared/accounts.ts";
import { SECOND } from "@tsudoi/shared/time.ts";
import { expect, test } from "vitest";
import { REFRESH_TIMEOUT_MS } from "./session.ts";

test("a renewal that is asked for twice, each in vain for as long as it may take, ends within the grace", () => {
  const onItsWay = SECOND;
  expect(2 * REFRESH_TIMEOUT_MS + onItsWay).toBeLessThan(REFRESH_GRACE_MS);
});
