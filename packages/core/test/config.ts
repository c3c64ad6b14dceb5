const { TEST_DATABASE_URL, TEST_LONG, TEST_SEED, VITEST_POOL_ID, PATH, NODE_COMPILE_CACHE } =
  process.env;

/** A PostgreSQL server where the tests may create databases, instead of one of their own. */
export const testDatabaseUrl = TEST_DATABASE_URL || undefined;

/** The long setting of the same suites: more rounds, more people, more time. */
export const long = TEST_LONG === "1";

/** The seed that a run which failed has printed. */
export const givenSeed = TEST_SEED ? Number(TEST_SEED) : undefined;

/** Which of the files that run beside each other this one is, or what it started: 1, 2, and so on; 0 outside of a test. */
export const seat = Number(VITEST_POOL_ID ?? 0);

export const searchPath = PATH ?? "";

/** Where started processes keep what they have compiled, for those after them. */
export const compileCache = NODE_COMPILE_CACHE ?? "";
