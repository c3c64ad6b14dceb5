import type { RegistrationStatus } from "@tsudoi/shared/registrations.ts";

/** The statuses that belong together for whoever looks for one of theirs. */
export const SHOWN = {
  confirmed: ["confirmed"],
  waiting: ["offered", "waitlisted", "pending"],
  ended: ["cancelled", "rejected", "declined", "expired"],
} as const satisfies Record<string, RegistrationStatus[]>;

export type Shown = keyof typeof SHOWN;
export const SHOWN_GROUPS = ["confirmed", "waiting", "ended"] as const satisfies Shown[];

/** One's own registrations as the address asks for them. */
export type MySearch = { when?: "past" | undefined; show?: Shown | undefined };

export function readMySearch(search: Record<string, unknown>): MySearch {
  return {
    when: search.when === "past" ? "past" : undefined,
    show: SHOWN_GROUPS.find((group) => group === search.show),
  };
}

export type MyListInput = ReturnType<typeof toMyListInput>;

export function toMyListInput({ when = undefined, show }: MySearch) {
  const statuses: RegistrationStatus[] | undefined = show && [...SHOWN[show]];
  return { when: when ?? ("upcoming" as const), ...(statuses ? { statuses } : {}) };
}
