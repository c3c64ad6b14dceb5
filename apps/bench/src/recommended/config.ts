const { DATABASE_URL = "", REDIS_URL = "", JWT_SECRET = "", FIX = "" } = process.env;

export const config = {
  databaseUrl: DATABASE_URL,
  redisUrl: REDIS_URL,
  jwtSecret: JWT_SECRET,
  fix: FIX,
};
