import { describe, expect, test } from "vitest";
import { transaction } from "#core/db/transaction.ts";
import { useBed } from "#test/stage.ts";
import { claimKeys, type KeyedRequest } from "./claim-keys.ts";
import { releaseKeys } from "./release-keys.ts";
import { storeAnswers } from "./store-answers.ts";

const bed = useBed();

const aRequest = (key: string, user: number): KeyedRequest => ({
  organizationId: "01890000-0000-7000-8000-000000000001",
  userId: `01890000-0000-7000-8000-00000000000${user}`,
  key,
  procedure: "registrations.register",
  requestHash: "hash",
});

describe("idempotency/release-keys", () => {
  test("a released key is free again, and no other is", async () => {
    const [kept, released, sameKey] = [aRequest("a", 1), aRequest("b", 2), aRequest("b", 3)];
    const all = [kept, released, sameKey];
    await transaction(bed.ctx, async (tx) => {
      await claimKeys(tx, all);
      await storeAnswers(
        tx,
        [kept, sameKey].map((request) => ({ request, answer: { result: "done" } })),
      );
      await releaseKeys(tx, [released]);
      await releaseKeys(tx, []);
    });
    const states = await transaction(bed.ctx, (tx) => claimKeys(tx, all));
    expect(all.map((request) => states.get(request)?.claimed)).toEqual([false, true, false]);
  });
});
