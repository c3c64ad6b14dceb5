const { DATABASE_URL = "", SMTP_URL = "", JWT_SECRET = "" } = process.env;

export const config = { databaseUrl: DATABASE_URL, smtpUrl: SMTP_URL, jwtSecret: JWT_SECRET };
