import { DomainError } from "@tsudoi/shared/errors.ts";
import type { LockedEvent } from "./lock-event.ts";

/** Approval cannot end before somebody decides on those who asked for it; how many they are is told. */
export function tooManyPending({ pendingCount }: Pick<LockedEvent, "pendingCount">): DomainError {
  return new DomainError("VALIDATION", {
    fields: { pendingCount },
    issues: [
      { path: "approval", code: "pending", message: `${pendingCount} wait for a decision first` },
    ],
  });
}
