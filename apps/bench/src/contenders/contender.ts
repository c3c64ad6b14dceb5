import type { Round } from "#bench/load/round.ts";
import type { BenchDatabase } from "#bench/stage/database.ts";
import type { ServerProcess } from "#bench/stage/server-process.ts";

export type Call = Pick<Round, "method" | "paths" | "body">;

/** One way to register people for one event, as the load generator meets it. */
export type Contender = {
  title: string;
  /** Ours has to be right; the others are what they are. The ceiling registers nobody. */
  kind: "ours" | "theirs" | "ceiling";
  server: ServerProcess;
  /** Whose tokens it accepts. */
  people: string;
  database: BenchDatabase;
  /** Forgets all registrations and opens one event. */
  openEvent: (capacity: number) => Promise<string>;
  register: (eventId: string) => Call;
  countSeats: (eventId: string) => Promise<number>;
};
