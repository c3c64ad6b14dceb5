import { LIVE_STATUSES } from "@tsudoi/shared/registrations.ts";
import { PgDialect } from "drizzle-orm/pg-core";
import { expect, test } from "vitest";
import { liveStatuses } from "./registrations.ts";

test("the live statuses of the database are those of the contract, written out", () => {
  const { sql, params } = new PgDialect().sqlToQuery(liveStatuses);
  expect(sql).toBe(`(${LIVE_STATUSES.map((status) => `'${status}'`).join(", ")})`);
  expect(params).toEqual([]);
});
