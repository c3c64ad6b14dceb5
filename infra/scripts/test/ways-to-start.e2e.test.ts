import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { createTestDatabase } from "@tsudoi/core/test/database.ts";
import { startRedis } from "@tsudoi/core/test/services/redis.ts";
import { startSmtp } from "@tsudoi/core/test/services/smtp.ts";
import { expect, test } from "vitest";
import { call } from "./call.ts";
import { aPlace, runCommand, runStart } from "./run-start.ts";

test("DEMO=0 starts an empty system, whose link sets it up once; admin makes one more", async () => {
  await using parts = new AsyncDisposableStack();
  const { env, url } = await aPlace(parts);
  const running = parts.use(await runStart({ ...env, DEMO: "0" }));
  const [, token] = running.output().match(/http:\/\/localhost:\d+\/set-up\/(\S+)/) ?? [];
  expect(running.output()).not.toContain("demo.test");
  const person = {
    token,
    organizationName: "みなと精機",
    familyName: "伊藤",
    givenName: "真理子",
    email: "mariko@example.test",
    password: "correct horse battery",
    locale: "ja",
    timeZone: "Asia/Tokyo",
  };
  await expect(call(url, "auth.setUp", { input: person })).resolves.toMatchObject({
    user: { email: person.email, role: "admin" },
  });
  await expect(call(url, "auth.setUp", { input: person })).rejects.toThrow("LINK_EXPIRED");

  const args = ["--email", "Second@example.test"];
  const { code, stdout } = await runCommand("admin", { env, args });
  expect(code).toBe(0);
  const [, second] = stdout.match(/^http:\/\/localhost:\d+\/set-up\/(\S+)\n$/) ?? [];
  const input = { ...person, token: second, email: "ignored@example.test" };
  await expect(call(url, "auth.setUp", { input })).resolves.toMatchObject({
    user: {
      email: "second@example.test",
      role: "admin",
      organization: { name: { ja: "みなと精機" } },
    },
  });

  const tokens = await runCommand("tokens", { env, args: ["--users", "1"] });
  expect(tokens).toMatchObject({ code: 1, stdout: "" });
  expect(tokens.stderr).toMatch(/^tsudoi: tokens are for the demo organisation, .*\n$/);
});

test("with services of one's own, nothing is embedded and nothing is shown of its mail", async () => {
  await using parts = new AsyncDisposableStack();
  const { env, url, dataDir } = await aPlace(parts);
  const database = parts.use(await createTestDatabase());
  const redis = parts.use(await startRedis());
  const smtp = parts.use(await startSmtp());
  const settings = {
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    SMTP_URL: smtp.url,
    MAIL_FROM: "Tsudoi <tsudoi@example.test>",
    SECRETS: randomBytes(32).toString("base64url"),
  };
  const running = parts.use(await runStart({ ...env, ...settings }));
  expect(running.output()).toMatch(/http:\/\/localhost:\d+\/set-up\/\S+/);
  expect(running.output()).not.toContain("demo.test");
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  expect(await (await fetch(`${url}/dev/mail/messages.json`)).text()).not.toContain("nextCursor");
  const kept = await readdir(dataDir);
  for (const name of ["postgres", "redis", "mail", "secrets.json"])
    expect(kept).not.toContain(name);
});

test("dev serves the SPA from its sources, with the API behind the same address", async () => {
  await using parts = new AsyncDisposableStack();
  const { env, url } = await aPlace(parts);
  parts.use(await runStart(env, "dev"));
  expect(await (await fetch(url)).text()).toContain("/@vite/client");
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  const input = { email: "attendee@demo.test", password: "tsudoi-demo" };
  await expect(call(url, "auth.signIn", { input })).resolves.toMatchObject({
    user: { email: input.email },
  });
});
