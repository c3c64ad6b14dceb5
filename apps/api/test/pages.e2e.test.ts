import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stage, send, setStage } from "./stage.ts";

const PAGE = `<!doctype html><meta property="csp-nonce" nonce="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>`;

let folder: string;
let mailbox: { url: string; asked: string[]; close: () => void };
let stage: Stage;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tsudoi-web-"));
  const web = path.join(folder, "web");
  await mkdir(path.join(web, "assets"), { recursive: true });
  await writeFile(path.join(web, "index.html"), PAGE);
  await writeFile(path.join(web, "start.js"), "start()");
  await writeFile(path.join(web, "assets", "index-abc123.js"), "app()");
  await writeFile(path.join(folder, "secret.txt"), "secret");
  mailbox = await aMailbox();
  stage = await setStage({ env: { WEB_DIR: web, MAILBOX_URL: mailbox.url } });
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  mailbox.close();
  await rm(folder, { recursive: true });
});

/** A mailbox page that says what it was asked for. */
async function aMailbox() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("content-security-policy", "default-src 'none'; sandbox");
    response.setHeader("set-cookie", "a=b");
    response.end(`mailbox ${request.url}`);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
}

const get = (place: string) => send(stage.url + place);

describe("the page", () => {
  test.each([
    "/",
    "/index.html",
    "/events/01890000",
    "/set-up/token",
    "/a.b/c",
    "/metrics",
    "/%F0%9F%8E%AB",
  ])("%s is the SPA, under a policy of its own", async (place) => {
    const { status, headers, text } = await get(place);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("cache-control")).toBe("no-store");
    const [, nonce = ""] = /nonce="([^"]+)"/.exec(text) ?? [];
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    expect(text).not.toContain("__CSP_NONCE__");
    expect(headers.get("content-security-policy")).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; ` +
        "media-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src 'self'; font-src 'self'; " +
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
        "trusted-types tsudoi",
    );
  });

  test("its nonce is another one each time", async () => {
    const nonces = await Promise.all(
      Array.from({ length: 20 }, async () =>
        (await get("/")).headers.get("content-security-policy"),
      ),
    );
    expect(new Set(nonces).size).toBe(20);
  });

  test("its headers let nobody else in", async () => {
    const { headers } = await get("/");
    const names = [
      "strict-transport-security",
      "x-content-type-options",
      "referrer-policy",
      "cross-origin-opener-policy",
      "permissions-policy",
      "x-frame-options",
      "access-control-allow-origin",
      "server",
      "x-powered-by",
    ];
    expect(Object.fromEntries(names.map((name) => [name, headers.get(name)]))).toEqual({
      "strict-transport-security": "max-age=31536000; includeSubDomains",
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=()",
      "x-frame-options": "DENY",
      "access-control-allow-origin": null,
      server: null,
      "x-powered-by": null,
    });
  });
});

describe("files of the SPA", () => {
  test("hashed ones are kept for a year, the others are asked for again", async () => {
    const [hashed, plain] = [await get("/assets/index-abc123.js"), await get("/start.js")];
    expect([hashed.text, plain.text]).toEqual(["app()", "start()"]);
    expect(hashed.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(plain.headers.get("cache-control")).toBe("no-cache");
    expect(hashed.headers.get("content-type")).toBe("application/javascript; charset=utf-8");
    expect(hashed.headers.get("x-content-type-options")).toBe("nosniff");
    const etag = plain.headers.get("etag") ?? "";
    expect(await rawGet("/start.js", `if-none-match: ${etag}`)).toMatch(/^HTTP\/1.1 304/);
  });

  test("an asset that is gone is not a page: an old page would run it as a script", async () => {
    const { status, text } = await get("/assets/index-old.js");
    expect(status).toBe(404);
    expect(JSON.parse(text).error.data.reason).toBe("NOT_FOUND");
  });

  test.each([
    "/../secret.txt",
    "/..%2fsecret.txt",
    "/%2e%2e/secret.txt",
    "/assets/../../secret.txt",
    "/assets/..%5c..%5csecret.txt",
    "//etc/passwd",
    "/....//secret.txt",
  ])("%s leads nowhere outside", async (place) => {
    const answer = await rawGet(place);
    expect(answer).not.toContain("secret\n");
    expect(answer).not.toMatch(/root:|\r\n\r\nsecret$/);
  });

  test("what is no page stays what it is", async () => {
    expect((await send(`${stage.url}/nowhere`, { body: "{}" })).status).toBe(404);
    expect((await get("/trpc/events.nothing")).status).toBe(404);
    expect((await get("/trpc/a/b")).text).toContain('"reason":"NOT_FOUND"');
    expect(JSON.parse((await get("/livez")).text)).toEqual({ status: "ok" });
  });
});

/** As written: fetch would tidy the path and add headers of its own. */
async function rawGet(place: string, header = "accept: */*"): Promise<string> {
  const { hostname, port } = new URL(stage.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `GET ${place} HTTP/1.1\r\nhost: ${hostname}\r\n${header}\r\nconnection: close\r\n\r\n`,
  );
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

describe("the development mailbox", () => {
  test("is shown through, with its own policy and none of its cookies", async () => {
    const { status, headers, text } = await get("/dev/mail/messages/1?raw=1");
    expect({ status, text }).toEqual({ status: 200, text: "mailbox /messages/1?raw=1" });
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect(headers.get("set-cookie")).toBeNull();
    expect((await get("/dev/mail")).headers.get("location")).toBe("/dev/mail/");
  });

  test.each([
    "/dev/mail//evil.test/x",
    "/dev/mail/\\evil.test/x",
    "/dev/mail/%5cevil.test/x",
    "/dev/mail/@evil.test",
  ])("%s asks nobody else", async (place) => {
    const before = mailbox.asked.length;
    const answer = await rawGet(place);
    const wasAsked = mailbox.asked.length > before;
    expect(wasAsked || /^HTTP\/1.1 400/.test(answer)).toBe(true);
  });

  test("is not there at all unless it is set", async () => {
    await using plain = await setStage();
    expect((await send(`${plain.url}/dev/mail/`)).status).toBe(404);
  });
});
