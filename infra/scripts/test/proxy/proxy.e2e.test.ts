import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { anEvent, countSeats } from "@tsudoi/core/test/builders.ts";
import { MAX_BODY_BYTES } from "@tsudoi/shared/system.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Asked, type Asking, ask, open } from "./ask.ts";
import { readByCaddy } from "./caddy.ts";
import { type Deployment, deploy, PASSWORD, REPLICAS, TLS_END } from "./deployment.ts";

let site: Deployment;
beforeAll(async () => {
  site = await deploy(REPLICAS.slice(0, 2));
});
afterAll(() => site[Symbol.asyncDispose]());

const PAGE = { "sec-fetch-site": "same-origin", "x-csrf": "1" };

function post(procedure: string, input: unknown, asking: Asking = {}): Promise<Asked> {
  return ask(`${site.url}/trpc/${procedure}`, { body: JSON.stringify(input), ...asking });
}

const reasonOf = ({ text }: Asked): string => JSON.parse(text).error?.data.reason ?? "ok";
const dataOf = ({ text }: Asked) => JSON.parse(text).result.data;

describe("the Caddyfile", () => {
  test.each([
    ["as on a laptop", { PUBLIC_URL: "http://localhost" }, ":80"],
    ["with a certificate of its own", { PUBLIC_URL: "https://events.example.com" }, ":443"],
    [
      "behind something that ends TLS",
      { PUBLIC_URL: "https://a.example", PROXY_LISTEN: ":80", PROXY_TRUSTED: "10.0.0.2 fd00::/8" },
      ":80",
    ],
  ])("is valid %s", async (_how, settings, listens) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "tsudoi-caddy-"));
    const checked = await readByCaddy("validate", { folder: folder.path, settings });
    expect(checked.config).toContain("Valid configuration");
    const { config, said } = await readByCaddy("adapt", { folder: folder.path, settings });
    expect(said).not.toMatch(/warn|error|not formatted/i);
    const { admin, apps } = JSON.parse(config);
    expect(admin).toEqual({ disabled: true });
    const servers = Object.values<{ listen: string[] }>(apps.http.servers);
    const addresses = servers.flatMap(({ listen }) => listen);
    expect(addresses.toSorted()).toEqual(["127.0.0.1:2020", listens].toSorted());
  });

  test("writes down no link that lets somebody in", async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), "tsudoi-caddy-"));
    const settings = { PUBLIC_URL: "http://localhost" };
    const { config } = await readByCaddy("adapt", { folder: folder.path, settings });
    const { fields } = JSON.parse(config).logging.logs.default.encoder;
    const uri = fields["request>uri"];
    const written = (path: string) => path.replace(new RegExp(uri.regexp, "g"), uri.value);
    const id = "01890000-0000-7000-8000-00000000000d";
    const about = { organizationId: id, id, generation: 1 };
    const token = site.system.tokens.links.sign("calendar", about);
    expect(written(`/calendar/${token}.ics`)).toBe("/calendar/[link].ics");
    expect(written(`/events/${id}`)).toBe(`/events/${id}`);
    expect(fields["request>headers>Referer"]).toEqual({ filter: "delete" });
  });

  test("says on this machine that the proxy lives", async () => {
    expect((await ask(site.proxy.healthUrl)).status).toBe(200);
  });
});

describe("a person behind the proxy", () => {
  test("signs in, stays signed in and registers", async () => {
    const person = await site.anAccount({ role: "organizer" });
    const event = await anEvent(site.ctx, person);
    const own = { ...PAGE, origin: site.url };
    const signedIn = await post(
      "auth.signIn",
      { email: person.email, password: PASSWORD },
      { headers: own },
    );
    const [setCookie = "", ...others] = signedIn.values["set-cookie"] ?? [];
    expect(others).toEqual([]);
    const [cookie = "", ...attributes] = setCookie.split("; ");
    expect(cookie).toMatch(/^__Host-rt=./);
    expect(attributes).toEqual(
      expect.arrayContaining(["Path=/", "HttpOnly", "Secure", "SameSite=Strict"]),
    );
    const refreshed = await post("auth.refresh", {}, { headers: { ...own, cookie } });
    expect(refreshed.values["set-cookie"]?.[0]).toMatch(/^__Host-rt=./);
    const headers = {
      ...own,
      authorization: `Bearer ${dataOf(refreshed).accessToken}`,
      "idempotency-key": "one-intention",
    };
    const first = await post("registrations.register", { eventId: event.id }, { headers });
    expect(dataOf(first).registration).toMatchObject({ status: "confirmed" });
    const again = await post("registrations.register", { eventId: event.id }, { headers });
    expect(dataOf(again)).toEqual(dataOf(first));
    expect((await countSeats(site.ctx, event)).seatsTaken).toBe(1);
  });

  test.each([
    ["another site's page", { origin: "https://evil.test" }],
    ["the same host on another port", { origin: "http://localhost:1" }],
    [
      "what only claims to be ours",
      { origin: "https://evil.test", "x-forwarded-host": "evil.test" },
    ],
  ])("is not spoken for by %s", async (_who, headers) => {
    const person = await site.anAccount();
    const input = { email: person.email, password: PASSWORD };
    const refused = await post("auth.signIn", input, { headers: { ...PAGE, ...headers } });
    expect([refused.status, reasonOf(refused)]).toEqual([403, "FORBIDDEN"]);
  });
});

describe("whose address counts", () => {
  const TRIES = 12;
  const tenAnswered = Array.from({ length: TRIES }, (_, index) =>
    index < 10 ? "NOT_SIGNED_IN" : "RATE_LIMITED",
  );
  const guess = async (email: string, asking: Asking) =>
    reasonOf(await post("auth.signIn", { email, password: "a guess" }, asking));

  test("the caller's own, whatever it claims", async () => {
    const { email } = await site.anAccount();
    const ends: string[] = [];
    for (let index = 0; index < TRIES; index += 1) {
      const claimed = `203.0.113.${index}`;
      const headers = {
        "x-forwarded-for": claimed,
        forwarded: `for=${claimed}`,
        "x-real-ip": claimed,
      };
      ends.push(await guess(email, { from: "127.0.0.41", headers }));
    }
    expect(ends).toEqual(tenAnswered);
    // Neither everybody shares one budget, nor does a claim take another's.
    expect(await guess(email, { from: "127.0.0.42" })).toBe("NOT_SIGNED_IN");
    expect(await guess(email, { from: "127.0.0.41" })).toBe("RATE_LIMITED");
  });

  test("the one that whatever ends TLS saw, if it is the one we know", async () => {
    const { email } = await site.anAccount();
    const ends: string[] = [];
    for (let index = 0; index < TRIES; index += 1) {
      const headers = { "x-forwarded-for": `198.51.100.${index}, 203.0.113.7` };
      ends.push(await guess(email, { from: TLS_END, headers }));
    }
    expect(ends).toEqual(tenAnswered);
    const neighbour = { from: TLS_END, headers: { "x-forwarded-for": "203.0.113.8" } };
    expect(await guess(email, neighbour)).toBe("NOT_SIGNED_IN");
  });
});

describe("what stays inside", () => {
  test.each([
    "/metrics",
    "/startupz",
    "/startupz?verbose",
    "/dev/mail/",
    "/METRICS",
    "/%6detrics",
    "//metrics",
    "/./metrics",
    "/trpc/../startupz",
    "/trpc/%2e%2e/startupz",
  ])("%s tells a stranger nothing", async (path) => {
    const { status, text } = await ask(site.url, { path });
    expect([path, status, text]).toEqual([path, 404, ""]);
  });

  test.each([
    ["/livez", 200, "ok"],
    // No worker runs here.
    ["/readyz", 503, "not ready"],
  ])("%s is there for monitors", async (path, status, word) => {
    const answer = await ask(site.url, { path });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([status, { status: word }]);
  });
});

describe("pages and files", () => {
  const SINGLE = [
    "cache-control",
    "content-security-policy",
    "content-type",
    "cross-origin-opener-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
  ];

  test("a page comes fresh, with each of the API's headers once and nobody's name", async () => {
    const direct = await ask(`http://${REPLICAS[0]}:${site.upstreamPort}/events`);
    expect(direct.status).toBe(200);
    const { status, values, text } = await ask(`${site.url}/events`);
    expect(status).toBe(200);
    expect(text).toContain('<div id="app">');
    expect(values["cache-control"]).toEqual(["no-store"]);
    const withoutNonce = (found: Asked["values"]) =>
      SINGLE.map((name) => [name, found[name]?.map((value) => value.replace(/nonce-[^']+/, ""))]);
    expect(withoutNonce(values)).toEqual(withoutNonce(direct.values));
    expect(SINGLE.map((name) => [name, values[name]?.length])).toEqual(
      SINGLE.map((name) => [name, 1]),
    );
    const [, nonce = ""] = /"csp-nonce" content="([^"]+)"/.exec(text) ?? [];
    expect(values["content-security-policy"]?.[0]).toContain(`'nonce-${nonce}'`);
    expect([values.server, values.via, values["x-powered-by"]]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("a hashed file is packed and kept for a year; one that is gone is no page", async () => {
    const { text: page } = await ask(site.url);
    const [script = ""] = /\/assets\/[\w-]+\.js/.exec(page) ?? [];
    const plain = await ask(site.url + script);
    expect(plain.headers["content-encoding"]).toBeUndefined();
    for (const [accepted, given, unpack] of [
      ["gzip, deflate, br, zstd", "zstd", zstdDecompressSync],
      ["gzip, deflate, br", "gzip", gunzipSync],
    ] as const) {
      const packed = await open(site.url + script, { headers: { "accept-encoding": accepted } });
      const bytes = await buffer(packed);
      expect(packed.headers).toMatchObject({
        "content-encoding": given,
        "cache-control": "public, max-age=31536000, immutable",
        vary: "Accept-Encoding",
        "x-content-type-options": "nosniff",
      });
      expect(unpack(bytes).toString()).toBe(plain.text);
      expect(bytes.length).toBeLessThan(plain.text.length * 0.6);
    }
    const gone = await ask(`${site.url}/assets/index-gone.js`);
    expect([gone.status, reasonOf(gone)]).toEqual([404, "NOT_FOUND"]);
  });
});

test("a body that is too large is refused in the API's own words", async () => {
  for (const [bytes, status] of [
    [MAX_BODY_BYTES / 2, 400],
    [MAX_BODY_BYTES, 413],
    [2 * MAX_BODY_BYTES, 413],
  ] as const) {
    const refused = await post("auth.signIn", { email: "a".repeat(bytes) });
    expect([bytes, refused.status, reasonOf(refused)]).toEqual([bytes, status, "VALIDATION"]);
  }
});
