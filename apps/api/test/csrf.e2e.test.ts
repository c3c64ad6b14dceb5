import { anEvent, aUser } from "@tsudoi/core/test/builders.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mutations } from "./procedures.ts";
import { anAccount, PASSWORD, type Stage, send, setStage } from "./stage.ts";

const PUBLIC_URL = "https://tsudoi.example.test";

let stage: Stage;
let token: string;
let cookie: string;
beforeAll(async () => {
  stage = await setStage({ env: { PUBLIC_URL } });
  const account = await anAccount(stage);
  token = await stage.tokenOf(account);
  const body = JSON.stringify({ email: account.email, password: PASSWORD });
  const signedIn = await send(`${stage.url}/trpc/auth.signIn`, { body });
  cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
});
afterAll(() => stage[Symbol.asyncDispose]());

type Headers = Record<string, string>;
const own = () => new URL(stage.url).host;

/** A harmless mutation, asked for as a browser on some page would. */
function setLocale(headers: Headers) {
  return send(`${stage.url}/trpc/auth.setLocale`, { token, headers, body: '{"locale":"en"}' });
}

describe("what a page of another site can send", () => {
  test("the mutations are known", () => {
    expect(mutations.length).toBeGreaterThan(5);
  });

  test.each(mutations)("%s takes JSON by that name and nothing else", async (name) => {
    const forms = [
      "text/plain",
      "text/plain; application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "application/octet-stream",
      "application/jsonp",
      "application/json5",
      "x-application/json",
      "text/json",
      "application/vnd.api+json",
      ",application/json",
    ];
    for (const type of forms) {
      for (const body of ["{}", ""]) {
        const headers = { "content-type": type, cookie, "x-csrf": "1" };
        const { status, text } = await send(`${stage.url}/trpc/${name}`, { headers, body });
        expect({ type, body, status }).toEqual({ type, body, status: 415 });
        expect(JSON.parse(text).error.data).toMatchObject({ reason: "VALIDATION" });
      }
    }
    const untyped = await fetch(`${stage.url}/trpc/${name}`, {
      method: "POST",
      headers: { cookie, "x-csrf": "1" },
    });
    expect(untyped.status).toBe(415);
    const multiple = await fetch(`${stage.url}/trpc/${name}`, {
      method: "POST",
      headers: { cookie },
      body: new Blob(["{}"], { type: "" }),
    });
    expect(multiple.status).toBe(415);
  });

  test.each([
    "application/json",
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/json ;charset=utf-8",
  ])("%s is JSON", async (type) => {
    expect((await setLocale({ "content-type": type })).status).toBe(200);
  });

  test.each(mutations)("%s cannot be called from another site, cookie or not", async (name) => {
    const foreign: Headers[] = [
      { origin: "https://evil.test" },
      { origin: "null" },
      { origin: `${PUBLIC_URL}.evil.test` },
      { origin: `https://evil.test/${PUBLIC_URL}` },
      { origin: "chrome-extension://tsudoi.example.test" },
      { origin: `javascript://${own()}` },
      { origin: "http://127.0.0.1:1" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "cross-site", origin: PUBLIC_URL },
    ];
    for (const headers of foreign) {
      for (const carried of [{}, { cookie, "x-csrf": "1" }] as Headers[]) {
        const { status, text } = await send(`${stage.url}/trpc/${name}`, {
          token,
          headers: { ...headers, ...carried },
          body: "{}",
        });
        expect({ headers, status }).toEqual({ headers, status: 403 });
        expect(JSON.parse(text).error.data.reason).toBe("FORBIDDEN");
      }
    }
  });

  test.each(mutations)(
    "%s with the cookie needs the header that a form cannot send",
    async (name) => {
      for (const headers of [
        { cookie },
        { cookie, "x-csrf": "0" },
        { cookie, "x-csrf": "" },
        { cookie, "sec-fetch-site": "same-origin" },
      ] as Headers[]) {
        const { status, text } = await send(`${stage.url}/trpc/${name}`, {
          token,
          headers,
          body: "{}",
        });
        expect({ headers, status }).toEqual({ headers, status: 403 });
        expect(text).toContain("FORBIDDEN");
      }
    },
  );

  test("nothing of all that changed anything", async () => {
    const headers = { cookie, "x-csrf": "1" };
    const { status } = await send(`${stage.url}/trpc/auth.refresh`, { headers, body: "{}" });
    expect(status).toBe(200);
  });
});

describe("what one's own page and programs can send", () => {
  const withCookie = (): Headers => ({ cookie, "x-csrf": "1" });

  test.each<[string, () => Headers, number]>([
    ["a program, without any of it", () => ({}), 200],
    ["a program with the cookie and the header", withCookie, 200],
    [
      "a page of the same origin",
      () => ({ ...withCookie(), "sec-fetch-site": "same-origin", origin: `http://${own()}` }),
      200,
    ],
    [
      "a page of the public address behind a proxy",
      () => ({ ...withCookie(), "sec-fetch-site": "same-origin", origin: PUBLIC_URL }),
      200,
    ],
    [
      "an old browser that sends the origin only",
      () => ({ ...withCookie(), origin: PUBLIC_URL }),
      200,
    ],
    ["a page of the same site, without the cookie", () => ({ "sec-fetch-site": "same-site" }), 200],
    [
      "a page of the same site with the cookie",
      () => ({ ...withCookie(), "sec-fetch-site": "same-site" }),
      403,
    ],
    [
      "a page of the same site, from another host",
      () => ({ "sec-fetch-site": "same-site", origin: "https://other.example.test" }),
      403,
    ],
    ["a bookmark with the cookie", () => ({ ...withCookie(), "sec-fetch-site": "none" }), 403],
  ])("%s", async (_what, headers, status) => {
    expect((await setLocale(headers())).status).toBe(status);
  });

  test("reading needs none of it", async () => {
    const owner = await aUser(stage.ctx, { organizationId: stage.organizationId });
    const { id } = await anEvent(stage.ctx, owner);
    const input = encodeURIComponent(JSON.stringify({ eventId: id }));
    const headers = { cookie, origin: "https://evil.test", "sec-fetch-site": "cross-site" };
    const { status, headers: given } = await send(`${stage.url}/trpc/events.get?input=${input}`, {
      token,
      headers,
    });
    expect(status).toBe(200);
    // The browser gives the answer to nobody: no other site is named as a reader.
    expect(given.get("access-control-allow-origin")).toBeNull();
  });
});
