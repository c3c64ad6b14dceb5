import type { Action } from "@tsudoi/shared/permissions.ts";
import type { ReactNode } from "react";
import { RefusedPage } from "#web/problems/refused-page.tsx";
import { useCan } from "./use-rights.ts";
import { useMe } from "./use-session.ts";

/** A page for those who may do something; everyone else reads why not. The server decides about doing it. */
export function OnlyWith({ right, children }: { right: Action; children: ReactNode }) {
  const me = useMe();
  const may = useCan(right);
  if (!me) return null;
  return may ? children : <RefusedPage reason="FORBIDDEN" />;
}
