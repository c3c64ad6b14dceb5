import { DomainError, type Reason } from "@tsudoi/shared/errors.ts";

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
