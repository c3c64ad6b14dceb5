import type { Round } from "#bench/load/round.ts";
import type { Target } from "#bench/stage/meter.ts";

export type Call = Pick<Round, "method" | "paths" | "body">;

/** One way to register people for one event, as the load generator meets it. */
export type Contender = Target & {
  title: string;
  /** Ours has to be right; the others are what they are. The ceiling registers nobody. */
  kind: "ours" | "theirs" | "ceiling";
  /** Whose tokens it accepts. */
  people: string;
  /** Forgets all registrations and opens one event. */
  openEvent: (capacity: number) => Promise<string>;
  register: (eventId: string) => Call;
  countSeats: (eventId: string) => Promise<number>;
};
