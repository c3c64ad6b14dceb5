import { createTransport } from "nodemailer";
import postgres from "postgres";
import { createReviewedApp } from "./app.ts";
import { config } from "./config.ts";
import { listen } from "./listen.ts";

const CONNECTIONS = 20;

listen(
  createReviewedApp({
    sql: postgres(config.databaseUrl, { max: CONNECTIONS }),
    mailer: createTransport(config.smtpUrl),
    jwtSecret: config.jwtSecret,
  }),
);
