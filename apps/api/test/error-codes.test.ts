import { REASONS } from "@tsudoi/shared/errors.ts";
import { ERROR_CODES } from "@tsudoi/telemetry/names.ts";
import { expect, test } from "vitest";

// Neither package may import the other; the API, which counts the one under the other, knows both.
test("every reason of a refusal is an error code of the metrics, and every code a reason", () => {
  expect(ERROR_CODES).toEqual(REASONS);
});
