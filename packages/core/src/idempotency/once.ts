import { DomainError, isTransient } from "@tsudoi/shared/errors.ts";
import type { Context } from "#core/db/context.ts";
import type { StoredAnswer } from "#core/db/schema/idempotency-keys.ts";
import { savepoint, transaction } from "#core/db/transaction.ts";
import { storedRefusal } from "./answers.ts";
import { claimKeys, type KeyedRequest } from "./claim-keys.ts";
import { storeAnswers } from "./store-answers.ts";

export type OnceResult = { answer: StoredAnswer; replayed: boolean };

/** Runs a verb at most once for a key: its effect and its answer are one transaction, and so is its refusal. */
export async function once(
  ctx: Context,
  request: KeyedRequest,
  run: (tx: Context) => Promise<unknown>,
): Promise<OnceResult> {
  return transaction(ctx, async (tx) => {
    const state = (await claimKeys(tx, [request])).get(request);
    if (state?.claimed === false) return { answer: state.answer, replayed: true };
    const answer = await attempt(tx, run);
    await storeAnswers(tx, [{ request, answer }]);
    return { answer, replayed: false };
  });
}

async function attempt(tx: Context, run: (tx: Context) => Promise<unknown>): Promise<StoredAnswer> {
  try {
    return { result: await savepoint(tx, run) };
  } catch (error) {
    if (!(error instanceof DomainError) || isTransient(error.reason)) throw error;
    return storedRefusal(error);
  }
}
