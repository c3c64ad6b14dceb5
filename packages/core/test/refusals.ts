import { DomainError, type DomainErrorDetails, type Reason } from "@tsudoi/shared/errors.ts";

/** Why a call was refused; an error that is no refusal is the test's. */
export async function reasonOf(call: Promise<unknown>): Promise<Reason | "no refusal"> {
  try {
    await call;
    return "no refusal";
  } catch (error) {
    if (error instanceof DomainError) return error.reason;
    throw error;
  }
}

/** What a refused call is told beside its reason. */
export async function detailsOf(call: Promise<unknown>): Promise<DomainErrorDetails> {
  try {
    await call;
  } catch (error) {
    if (error instanceof DomainError) return error.details;
    throw error;
  }
  throw new Error("the call was not refused");
}
