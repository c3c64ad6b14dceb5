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
