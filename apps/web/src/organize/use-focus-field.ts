import { useLocation } from "@tanstack/react-router";
import { type RefObject, useEffect } from "react";

/** Leads to the field that the address names. */
export function useFocusField(form: RefObject<HTMLFormElement | null>): void {
  const name = useLocation({ select: ({ hash }) => hash });
  useEffect(() => {
    if (!/^[\w-]+$/.test(name)) return;
    const field = form.current?.querySelector<HTMLElement>(`[name="${name}"]`);
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  }, [form, name]);
}
