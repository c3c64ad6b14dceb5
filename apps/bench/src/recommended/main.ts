import { createLogger } from "@tsudoi/core/platform/log.ts";
import { createBlockingRedis } from "@tsudoi/core/platform/redis.ts";
import postgres from "postgres";
import { listen } from "#bench/reviewed/listen.ts";
import { createRecommendedApp } from "./app.ts";
import { config } from "./config.ts";
import { FIX_NAMES, FIXES } from "./fixes.ts";

const CONNECTIONS = 20;
const MAIL_QUEUE = "bench:mail";

const fix = FIX_NAMES.find((name) => name === config.fix);
if (fix === undefined) throw new Error(`FIX is one of ${FIX_NAMES.join(", ")}`);
const redis = createBlockingRedis(config.redisUrl, {
  log: createLogger({ app: "bench", level: "warn" }),
});
listen(
  createRecommendedApp({
    sql: postgres(config.databaseUrl, { max: CONNECTIONS }),
    enqueue: (message) => redis.rpush(MAIL_QUEUE, message),
    jwtSecret: config.jwtSecret,
    fix: FIXES[fix],
  }),
);
