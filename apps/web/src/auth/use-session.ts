import { useQuery } from "@tanstack/react-query";
import type { Me } from "@tsudoi/shared/accounts.ts";
import { MINUTE } from "@tsudoi/shared/time.ts";
import { createContext, use } from "react";
import { type Queries, useTRPC } from "#web/api.ts";
import type { Session } from "./session.ts";

export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error("no session around this component");
  return session;
}

/** Soon after somebody is given a part in an event, they find its pages. */
export function meOptions(queries: Queries) {
  return queries.auth.me.queryOptions(undefined, { staleTime: MINUTE });
}

/** The signed-in person, once known. */
export function useMe(): Me | undefined {
  return useQuery(meOptions(useTRPC())).data;
}
