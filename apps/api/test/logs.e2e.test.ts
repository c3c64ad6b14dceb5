import { randomBytes } from "node:crypto";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { anAccount, PASSWORD, send, setStage } from "./stage.ts";
import { aSetUpToken } from "./world.ts";

const canary = () => `canary${randomBytes(6).toString("hex")}`;

describe("what is written down", () => {
  test("is one JSON object a line, names its call, and holds nobody's secret or name", async () => {
    const lines: string[] = [];
    await using stage = await setStage({
      workers: 1,
      env: { LOG_LEVEL: "debug" },
      onLog: (line) => lines.push(line),
    });
    const secrets = {
      email: `${canary()}@example.test`,
      familyName: canary(),
      wrong: canary(),
      agent: canary(),
    };
    const user = await anAccount(stage, { email: secrets.email, familyName: secrets.familyName });
    const requestId = "request-0123456789";
    const headers = { "user-agent": secrets.agent, "x-request-id": requestId };
    const signIn = (password: string) =>
      send(`${stage.url}/trpc/auth.signIn`, {
        headers,
        body: JSON.stringify({ email: user.email, password }),
      });
    await signIn(secrets.wrong);
    const signedIn = await signIn(PASSWORD);
    const accessToken = JSON.parse(signedIn.text).result.data.accessToken as string;
    const [cookie = ""] = signedIn.headers.getSetCookie()[0]?.split(";") ?? [];
    const link = await aSetUpToken(stage);

    // A mail is sent, a token is used twice, and then everything breaks.
    const event = await anEvent(stage.ctx, user);
    await call(stage.url, ["registrations.register", { eventId: event.id }], {
      token: accessToken,
      headers,
    });
    await vi.waitFor(() => expect(stage.system.smtp.messages).toHaveLength(1), 10_000);
    await send(`${stage.url}/trpc/auth.refresh`, {
      headers: { cookie, "x-csrf": "1" },
      body: "{}",
    });
    await stage.ctx.db.execute(sql`update sessions set rotated_at = now() - interval '1 minute'`);
    await send(`${stage.url}/trpc/auth.refresh`, {
      headers: { cookie, "x-csrf": "1" },
      body: "{}",
    });
    await stage.ctx.db.execute(
      sql`drop table registrations, events, sessions, one_time_tokens, audit_log cascade`,
    );
    const text = canary();
    await call(stage.url, ["events.list", { text }], { token: accessToken, query: true, headers });
    await signIn(PASSWORD);
    await send(`${stage.url}/trpc/auth.setUp`, {
      headers,
      body: JSON.stringify({
        token: link,
        organizationName: text,
        familyName: text,
        givenName: text,
        email: user.email,
        password: secrets.wrong,
        locale: "ja",
        timeZone: "Asia/Tokyo",
      }),
    });
    await vi.waitFor(
      () => expect(lines.filter((line) => line.includes(requestId)).length).toBeGreaterThan(2),
      10_000,
    );

    const written = lines.join("\n");
    const all = {
      ...secrets,
      text,
      link,
      accessToken,
      cookie: cookie.split("=")[1] ?? "",
      PASSWORD,
    };
    for (const [name, value] of Object.entries(all)) {
      expect({ name, isWritten: written.includes(value) }).toEqual({ name, isWritten: false });
    }
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({
        app: expect.any(String),
        level: expect.any(String),
        time: expect.any(String),
        msg: expect.any(String),
      });
    }
    const errors = lines
      .map((line) => JSON.parse(line))
      .filter((line) => line.level === "error" && line.app === "api");
    expect(errors.length).toBeGreaterThan(0);
    for (const line of errors)
      expect(line).toMatchObject({ request_id: requestId, procedure: expect.any(String) });
  });
});
