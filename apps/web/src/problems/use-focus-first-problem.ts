import { type RefObject, useEffect } from "react";

/** Leads to the first field that was refused, once the fields show that they were. */
export function useFocusFirstProblem(
  form: RefObject<HTMLFormElement | null>,
  problems: readonly string[],
): void {
  useEffect(() => {
    if (problems.length === 0) return;
    form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [form, problems]);
}
