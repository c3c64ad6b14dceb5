import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { givenVariables, inheritedVariables, readConfig, readOperatorConfig } from "./config.ts";

const SECRETS = randomBytes(32).toString("base64url");
const EXTERNAL = {
  DATABASE_URL: "postgres://app:pw@db.example.com/tsudoi",
  REDIS_URL: "redis://cache.example.com",
  SECRETS,
  SMTP_URL: "smtp://mail.example.com",
  MAIL_FROM: "Tsudoi <events@example.com>",
};

describe("readConfig", () => {
  test("does the thing: an empty environment is the embedded demo", () => {
    expect(readConfig({})).toMatchObject({
      host: "127.0.0.1",
      port: 3000,
      metricsPort: 9464,
      publicUrl: "http://localhost:3000",
      external: undefined,
      rateLimits: "on",
      demo: true,
    });
  });

  test("takes an empty variable for one that is not set", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", REDIS_URL: "", DEMO: "" })).toEqual(
      readConfig({}),
    );
  });

  test("takes everything that a system without embedded services needs", () => {
    expect(readConfig(EXTERNAL).external).toEqual({
      databaseUrl: EXTERNAL.DATABASE_URL,
      redisUrl: EXTERNAL.REDIS_URL,
    });
  });

  test.each([
    ["127.0.0.1", "http://localhost:8080"],
    ["0.0.0.0", "http://localhost:8080"],
    ["10.0.0.7", "http://10.0.0.7:8080"],
    ["fd00::7", "http://[fd00::7]:8080"],
  ])("HOST %s is reached at %s", (host, url) => {
    expect(readConfig({ HOST: host, PORT: "8080" }).publicUrl).toBe(url);
  });

  test.each([
    ["PORT", { PORT: "abc" }, "PORT must be a port from 1 to 65535"],
    ["PORT", { PORT: "70000" }, "PORT must be a port from 1 to 65535"],
    ["PORT", { PORT: "0" }, "PORT must be a port from 1 to 65535"],
    ["METRICS_PORT", { METRICS_PORT: "65535" }, "METRICS_PORT must be a port from 1 to 65534"],
    ["HOST", { HOST: "no spaces" }, "HOST must be a host name or an address"],
    ["PUBLIC_URL", { PUBLIC_URL: "events.example.com" }, "PUBLIC_URL must be an origin"],
    ["PUBLIC_URL", { PUBLIC_URL: "https://example.com/events" }, "PUBLIC_URL must be an origin"],
    [
      "DATABASE_URL",
      { ...EXTERNAL, DATABASE_URL: "mysql://db" },
      "DATABASE_URL must be a postgres:// URL",
    ],
    ["REDIS_URL", { ...EXTERNAL, REDIS_URL: "localhost:6379" }, "REDIS_URL must be a redis:// URL"],
    ["SECRETS", { SECRETS: "short" }, "SECRETS must be at least 32 random bytes"],
    ["SECRETS", { SECRETS: `${SECRETS},short` }, "SECRETS must be at least 32 random bytes"],
    ["SMTP_URL", { SMTP_URL: "https://mail" }, "SMTP_URL must be a smtp:// URL"],
    ["MAIL_FROM", { MAIL_FROM: "nobody" }, "MAIL_FROM must be a mail address"],
    ["MAIL_FROM", { MAIL_FROM: "a@b.test\nBcc: c@d.test" }, "MAIL_FROM must be a mail address"],
    ["LOG_LEVEL", { LOG_LEVEL: "loud" }, "LOG_LEVEL must be one of fatal, error"],
    ["RATE_LIMITS", { RATE_LIMITS: "no" }, "RATE_LIMITS must be one of on, off"],
    ["RATE_LIMITS", { ...EXTERNAL, RATE_LIMITS: "off" }, "RATE_LIMITS=off is for measurements"],
    ["TRUST_PROXY", { TRUST_PROXY: "2" }, "TRUST_PROXY must be 0, 1, or a list of addresses"],
    ["TRUST_PROXY", { TRUST_PROXY: "yes" }, "TRUST_PROXY must be 0, 1, or a list of addresses"],
    ["DEMO", { DEMO: "yes" }, "DEMO must be one of 0, 1"],
    ["DATABASE_URL", { REDIS_URL: EXTERNAL.REDIS_URL }, "DATABASE_URL is missing"],
    ["REDIS_URL", { DATABASE_URL: EXTERNAL.DATABASE_URL }, "REDIS_URL is missing"],
    ["SECRETS", { ...EXTERNAL, SECRETS: "" }, "SECRETS is missing"],
    ["SMTP_URL", { ...EXTERNAL, SMTP_URL: "" }, "SMTP_URL is missing"],
    ["MAIL_FROM", { ...EXTERNAL, MAIL_FROM: undefined }, "MAIL_FROM is missing"],
  ])("names %s in one line: %o", (name, environment, message) => {
    const refusal = refusalOf(() => readConfig(environment));
    expect(refusal.message).toContain(message);
    expect(refusal.message).not.toContain("\n");
    expect(refusal.name).toBe("Refusal");
    expect(message).toContain(name);
  });

  test("names every fault at once, and repeats no secret", () => {
    const environment = { PORT: "x", DEMO: "2", SECRETS: "my-secret" };
    const { message } = refusalOf(() => readConfig(environment));
    expect(message).toMatch(/PORT .*; SECRETS .*; DEMO /);
    expect(message).not.toContain("my-secret");
  });
});

test("readOperatorConfig needs a database only", () => {
  const { DATABASE_URL } = EXTERNAL;
  expect(readOperatorConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
  expect(() => readOperatorConfig({ DATABASE_URL: "x" })).toThrow("DATABASE_URL must be");
});

test("a child inherits the environment, and of our variables only what it is given", () => {
  const environment = { PATH: "/bin", PORT: "80", SECRETS, NODE_CHANNEL_FD: "3", LOG_LEVEL: "" };
  expect(inheritedVariables(environment)).toEqual({ PATH: "/bin" });
  expect(givenVariables(environment)).toEqual({ PORT: "80", SECRETS });
});

function refusalOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it was not refused");
}
