const { TEST_DATABASE_URL, TEST_LONG, PATH } = process.env;

/** A PostgreSQL server where the tests may create databases, instead of one of their own. */
export const testDatabaseUrl = TEST_DATABASE_URL || undefined;

/** The long setting of the same suites: more rounds, more people, more time. */
export const long = TEST_LONG === "1";

export const searchPath = PATH ?? "";
