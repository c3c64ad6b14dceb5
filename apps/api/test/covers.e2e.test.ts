import { anEvent, aUser, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { aBomb, aPhoto, aPicture, partsOfWebp } from "@tsudoi/core/test/pictures.ts";
import type { CoverChanged } from "@tsudoi/shared/covers.ts";
import type { Event, EventPage } from "@tsudoi/shared/events.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readMetric, type Stage, setStage } from "./stage.ts";

let stage: Stage;
let owner: TestUser;
let picture: Buffer;
beforeAll(async () => {
  stage = await setStage({ apis: 2 });
  owner = await aUser(stage.ctx, { organizationId: stage.organizationId, role: "organizer" });
  picture = await aPicture({ width: 480, height: 270 });
});
afterAll(() => stage[Symbol.asyncDispose]());

const api = (index = 0) => stage.system.apis[index]?.url ?? "";
const own = () => anEvent(stage.ctx, owner);

type Refusal = { error?: { data: { reason: string; issues?: { code: string }[] } } };
type Send = {
  body?: Buffer;
  as?: TestUser | null;
  headers?: Record<string, string>;
  at?: string;
  search?: string;
};

async function upload(event: TestEvent, { as = owner, headers = {}, ...send }: Send = {}) {
  const { body = picture, at = api(), search = "" } = send;
  const token = as === null ? undefined : await stage.tokenOf(as);
  const response = await fetch(`${at}/uploads/covers/${event.id}${search}`, {
    method: "POST",
    headers: {
      "content-type": "image/jpeg",
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: new Uint8Array(body),
  });
  const answer = (await response.json()) as CoverChanged & Refusal;
  return { status: response.status, reason: answer.error?.data.reason, answer };
}

async function uploaded(event: TestEvent, send: Send = {}): Promise<CoverChanged> {
  const { status, answer } = await upload(event, send);
  expect(status).toBe(200);
  return answer;
}

const codeOf = ({ error }: Refusal) => error?.data.issues?.[0]?.code;

describe("a picture over HTTP", () => {
  test("goes in at one process and comes out of another, for whoever sees the event", async () => {
    const event = await own();
    const { cover, version } = await uploaded(event, { body: await aPhoto() });
    expect({ cover, version }).toMatchObject({ cover: { width: 1_600, height: 900 }, version: 2 });
    const member = await aUser(stage.ctx, { organizationId: stage.organizationId });
    const token = await stage.tokenOf(member);
    const got = await call<Event>(api(1), ["events.get", { eventId: event.id }], {
      token,
      query: true,
    });
    const listed = await call<EventPage>(api(1), ["events.list", {}], { token, query: true });
    if (!got.ok || !listed.ok) throw new Error("the event is not shown");
    expect(got.data.cover).toEqual(cover);
    expect(listed.data.items.find(({ id }) => id === event.id)?.cover).toEqual(cover);
    const response = await fetch(`${api(1)}${cover?.url}`);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/webp",
      "cache-control": "private, max-age=86400, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
      "cross-origin-resource-policy": "same-origin",
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(partsOfWebp(bytes)).toEqual(["VP8 "]);
    const etag = response.headers.get("etag") ?? "";
    const again = await fetch(`${api(0)}${cover?.url}`, { headers: { "if-none-match": etag } });
    expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    const head = await fetch(`${api(0)}${cover?.url}`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
  });

  test("an address of two days ago, of another file or made up opens nothing", async () => {
    const { cover } = await uploaded(await own());
    const { organizationId } = stage;
    const { links } = stage.system.tokens;
    const { id = "" } = links.read("cover", cover?.url.replace("/covers/", "") ?? "") ?? {};
    const today = Math.floor(Date.now() / DAY);
    const sign = (day: number, of = id) =>
      links.sign("cover", { organizationId, id: of, generation: day });
    expect((await fetch(`${api()}/covers/${sign(today - 1)}`)).status).toBe(200);
    for (const token of [sign(today - 2), sign(today, organizationId), "x".repeat(70)]) {
      const response = await fetch(`${api()}/covers/${token}`);
      const { error } = (await response.json()) as Refusal;
      expect([response.status, error?.data.reason]).toEqual([404, "LINK_EXPIRED"]);
    }
  });

  test("is taken away again", async () => {
    const event = await own();
    const { cover } = await uploaded(event);
    const asked = ["events.removeCover", { eventId: event.id }] as const;
    const removed = await call(api(1), [...asked], { token: await stage.tokenOf(owner) });
    expect(removed).toMatchObject({ ok: true, data: { cover: null, version: 3 } });
    expect((await fetch(`${api()}${cover?.url}`)).status).toBe(404);
  });

  test("the same key answers the same again, in whichever process, and makes one picture", async () => {
    const event = await own();
    const headers = { "idempotency-key": "a-picture" };
    const first = await uploaded(event, { headers });
    expect(await uploaded(event, { headers, at: api(1) })).toEqual(first);
    const body = await aPicture({ width: 640, height: 360 });
    expect(await upload(event, { headers, body })).toMatchObject({
      status: 409,
      reason: "IDEMPOTENCY_MISMATCH",
    });
  });
});

describe("who and what is refused", () => {
  test("whoever may not change the event, and nobody without a token", async () => {
    const event = await own();
    const { organizationId } = stage;
    const member = await aUser(stage.ctx, { organizationId });
    const ends = [null, member].map(async (as) => (await upload(event, { as })).reason);
    expect(await Promise.all(ends)).toEqual(["NOT_SIGNED_IN", "NOT_FOUND"]);
  });

  test.each([
    [{ "sec-fetch-site": "cross-site" }],
    [{ origin: "https://elsewhere.example.test" }],
    [{ cookie: "__Host-rt=something" }],
  ])("a page of another site: %o", async (headers) => {
    const refused = await upload(await own(), {
      headers: { ...headers } as Record<string, string>,
    });
    expect(refused).toMatchObject({ status: 403, reason: "FORBIDDEN" });
  });

  test.each([
    ["image/svg+xml", 415, "unsupported_media_type"],
    ["application/json", 415, "unsupported_media_type"],
    ["multipart/form-data; boundary=x", 415, "unsupported_media_type"],
    // What it is called decides nothing.
    ["image/png", 200, undefined],
  ])("%s: %i", async (type, status, code) => {
    const end = await upload(await own(), { headers: { "content-type": type } });
    expect([end.status, codeOf(end.answer)]).toEqual([status, code]);
  });

  test.each([
    ["a page that calls itself a picture", () => Buffer.from("<script>"), 400, "unreadable"],
    ["nine hundred million pixels", () => aBomb(30_000, 30_000), 400, "too_many_pixels"],
    ["nothing", () => Buffer.alloc(0), 400, "unreadable"],
    ["more than eight megabytes", () => Buffer.alloc(8_388_609), 413, "too_big"],
    ["eight megabytes of nothing", () => Buffer.alloc(8_388_608), 400, "unreadable"],
  ] as const)("%s", async (...[, make, status, code]) => {
    const end = await upload(await own(), { body: make() });
    expect([end.status, end.reason, codeOf(end.answer)]).toEqual([status, "VALIDATION", code]);
  });

  test("an address that names no event, and words that it does not know", async () => {
    const event = await own();
    expect(await upload({ ...event, id: "nothing" })).toMatchObject({ status: 400 });
    for (const search of ["?apply=none", "?apply=all&more=1"]) {
      expect(await upload(event, { search })).toMatchObject({ status: 400, reason: "VALIDATION" });
    }
    expect(await upload(event, { search: "?apply=all" })).toMatchObject({ status: 200 });
  });

  test("a person sends twenty in ten minutes, and is told before the next one is read", async () => {
    const { url, metricsUrl } = await stage.system.startApi({ env: { RATE_LIMITS: "on" } });
    const body = Buffer.from("no picture");
    const reasons: (string | undefined)[] = [];
    for (let sent = 0; sent < 22; sent += 1) {
      reasons.push((await upload(await own(), { at: url, body })).reason);
    }
    expect(reasons).toEqual([...Array(20).fill("VALIDATION"), "RATE_LIMITED", "RATE_LIMITED"]);
    const limited = 'ratelimit_decisions_total{policy="upload",decision="limited"}';
    expect(await readMetric(metricsUrl, limited)).toBe(2);
    const requests =
      'http_server_request_duration_seconds_count{method="POST",route="/uploads/covers/:eventId",status_class="4xx"}';
    expect(await readMetric(metricsUrl, requests)).toBe(22);
  });
});

/** Longer than any other body may take. */
const SLOW_MS = 11_000;
const STEP_MS = 250;

test("a phone on a slow line has the time that its picture takes", async () => {
  const event = await own();
  const size = Math.ceil((picture.length * STEP_MS) / SLOW_MS);
  let sent = 0;
  let drip: NodeJS.Timeout | undefined;
  const body = new ReadableStream({
    start(controller) {
      drip = setInterval(() => {
        controller.enqueue(new Uint8Array(picture.subarray(sent, sent + size)));
        sent += size;
        if (sent < picture.length) return;
        clearInterval(drip);
        controller.close();
      }, STEP_MS);
    },
    cancel: () => clearInterval(drip),
  });
  const since = performance.now();
  const response = await fetch(`${api()}/uploads/covers/${event.id}`, {
    method: "POST",
    headers: {
      "content-type": "image/jpeg",
      authorization: `Bearer ${await stage.tokenOf(owner)}`,
    },
    body,
    duplex: "half",
  });
  expect(response.status).toBe(200);
  expect(performance.now() - since).toBeGreaterThan(10_000);
}, 30_000);
