/** How much of everything; the tests make it small. */
export type Settings = {
  /** Everyone registers once a round, so a round ends when they all have. */
  people: number;
  /** So many calls are under way at once. */
  callers: number;
  /** And so many where there is no HTTP in between. */
  crowd: number;
  rounds: number;
  saturationSeconds: number;
  arrivalRounds: number;
  arrivalsPerSecond: number;
  arrivalSeconds: number;
  rush: { people: number; seats: number };
  list: {
    sizes: number[];
    /** Of each design, on the first events. */
    registrations: number;
    callers: number;
    seconds: number;
    giveUpSeconds: number;
  };
  /** One event that so many are in, and what its organisers do with it. */
  crowded: {
    people: number;
    /** They take turns: nobody meets the limit on calls. */
    organizers: number;
    calls: number;
    giveUpSeconds: number;
    rounds: number;
  };
  /** So many different events are read. */
  get: { events: number };
  /** What one message costs the mail server. */
  mailMs: number;
  /** False: PostgreSQL forgets durability, which only a test may do. */
  durable: boolean;
};

export const FULL: Settings = {
  people: 10_000,
  callers: 500,
  crowd: 2_000,
  rounds: 3,
  saturationSeconds: 2,
  arrivalRounds: 2,
  arrivalsPerSecond: 500,
  arrivalSeconds: 2,
  rush: { people: 2_000, seats: 100 },
  list: {
    sizes: [1_000, 100_000],
    registrations: 10_000,
    callers: 4,
    seconds: 3,
    giveUpSeconds: 15,
  },
  crowded: { people: 10_000, organizers: 20, calls: 40, giveUpSeconds: 10, rounds: 3 },
  get: { events: 20_000 },
  mailMs: 100,
  durable: true,
};
