import type { AccessToken } from "@tsudoi/shared/accounts.ts";
import { createState } from "./state.ts";

/** Whose tab it is: one person's at a time. Whoever takes over by the cookie that all tabs share is a newcomer. */
export function createPerson() {
  let id: string | undefined;
  const newcomer = createState<string | undefined>(undefined);
  return {
    get: () => id,
    newcomer,
    /** By this tab's own door, in or out: nobody is surprised. */
    enter(next: string | undefined): void {
      id = next;
      newcomer.set(undefined);
    },
    become(next: string): void {
      const isOther = id !== undefined && id !== next;
      id = next;
      if (isOther) newcomer.set(next);
    },
  };
}

/** Whose token it is; only the server can tell whether it is genuine. */
export function personOf({ accessToken }: Pick<AccessToken, "accessToken">): string {
  const [, claims = ""] = accessToken.split(".");
  const { sub }: { sub: string } = JSON.parse(
    atob(claims.replaceAll("-", "+").replaceAll("_", "/")),
  );
  return sub;
}
