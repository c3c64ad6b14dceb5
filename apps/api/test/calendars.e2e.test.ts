import { anEvent, aUser, type TestUser } from "@tsudoi/core/test/builders.ts";
import { readCalendar } from "@tsudoi/core/test/calendar.ts";
import { type CallOptions, call } from "@tsudoi/core/test/call.ts";
import type { Registered } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readMetric, type Stage, send, setStage } from "./stage.ts";

const PUBLIC_URL = "https://tsudoi.example.test";

const lines: string[] = [];
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({
    apis: 2,
    env: { PUBLIC_URL, LOG_LEVEL: "debug" },
    onLog: (line) => lines.push(line),
  });
});
afterAll(() => stage[Symbol.asyncDispose]());

const aMember = (on = stage) => aUser(on.ctx, { organizationId: on.organizationId });

async function ask<Data>(on: Stage, person: TestUser, ...[path, options]: Asked): Promise<Data> {
  const token = await on.tokenOf(person);
  const answer = await call<Data>(on.url, [path, {}], { token, ...options });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.data;
}
type Asked = [path: string, options?: CallOptions];

const urlOf = async (person: TestUser, on = stage) =>
  (await ask<{ url: string }>(on, person, "calendars.get", { query: true })).url;
const rotate = (person: TestUser, options: CallOptions = {}) =>
  ask<{ url: string }>(stage, person, "calendars.rotate", options);

/** The public address, asked of one of the processes. */
function fetchFile(url: string, headers: Record<string, string> = {}, api = stage.url) {
  return send(url.replace(PUBLIC_URL, api), { headers });
}

async function register(person: TestUser, overrides: Parameters<typeof anEvent>[2] = {}) {
  const event = await anEvent(stage.ctx, person, overrides);
  const token = await stage.tokenOf(person);
  const path: [string, unknown] = ["registrations.register", { eventId: event.id }];
  const answer = await call<Registered>(stage.url, path, { token });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.data.registration.id;
}

describe("a calendar for programs", () => {
  test("is what its person is in, at an address that stays", async () => {
    const person = await aMember();
    const url = await urlOf(person);
    expect(url).toMatch(/^https:\/\/tsudoi\.example\.test\/calendar\/[\w-]{70}\.ics$/);
    expect(await urlOf(person)).toBe(url);
    const empty = await fetchFile(url);
    expect([empty.status, readCalendar(empty.text).entries]).toEqual([200, []]);
    const id = await register(person);
    const { status, headers, text } = await fetchFile(url);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "cache-control": "private, max-age=300",
      "content-disposition": 'inline; filename="tsudoi.ics"',
      "x-content-type-options": "nosniff",
    });
    const { entries } = readCalendar(text);
    expect(entries.map(({ event }) => event.uid)).toEqual([`${id}@tsudoi`]);
    expect(entries[0]?.value("organizer")).toBe("mailto:tsudoi@example.test");
    expect(String(entries[0]?.value("url"))).toMatch(
      /^https:\/\/tsudoi\.example\.test\/events\/[\w-]+$/,
    );
  });

  test("comes once for each change", async () => {
    const person = await aMember();
    const url = await urlOf(person);
    const first = await fetchFile(url);
    const etag = first.headers.get("etag") ?? "";
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await fetchFile(url, { "if-none-match": known });
      expect([again.status, again.text, again.headers.get("etag")]).toEqual([304, "", etag]);
    }
    await register(person);
    const changed = await fetchFile(url, { "if-none-match": etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
    const [head, seen] = [
      await fetch(url.replace(PUBLIC_URL, stage.url), { method: "HEAD" }),
      changed,
    ];
    expect([head.status, head.headers.get("etag")]).toEqual([200, seen.headers.get("etag")]);
  });

  test("one entry is a file of its own", async () => {
    const person = await aMember();
    const registrationId = await register(person, { titleJa: "勉強会" });
    const token = await stage.tokenOf(person);
    const answer = await call<{ url: string }>(
      stage.url,
      ["calendars.getEntry", { registrationId }],
      { token, query: true },
    );
    const { text, status } = await fetchFile(answer.ok ? answer.data.url : "");
    expect(status).toBe(200);
    expect(readCalendar(text).entries.map(({ event }) => event.summary)).toEqual(["勉強会"]);
  });

  test("a new address ends the old one everywhere at once, and a repeat gives no third", async () => {
    const person = await aMember();
    const old = await urlOf(person);
    const headers = { "idempotency-key": "rotate-once" };
    const [next, again] = [await rotate(person, { headers }), await rotate(person, { headers })];
    expect(again).toEqual(next);
    expect(next.url).not.toBe(old);
    for (const { url: api } of stage.system.apis) {
      expect((await fetchFile(old, {}, api)).status).toBe(404);
      expect((await fetchFile(next.url, {}, api)).status).toBe(200);
    }
    const kept = await stage.ctx.db.execute(sql`
      select answer::text as kept from idempotency_keys where user_id = ${person.id}
      union all select details::text from audit_log where actor_id = ${person.id}`);
    expect(kept).toHaveLength(2);
    expect(JSON.stringify([...kept])).not.toContain(next.url.slice(-30, -4));
  });

  test("whatever is wrong with an address, the answer is the same", async () => {
    const [person, disabled] = [await aMember(), await aMember()];
    const at = (token: string) => `${PUBLIC_URL}/calendar/${token}.ics`;
    const [mine = "", another = "", gone = ""] = await Promise.all(
      [person, await aMember(), disabled].map(async (each) =>
        (await urlOf(each)).slice(at("").length - 4, -4),
      ),
    );
    expect((await fetchFile(at(mine))).status).toBe(200);
    await stage.ctx.db.execute(sql`update users set disabled_at = now() where id = ${disabled.id}`);
    const { links } = stage.system.tokens;
    const about = { organizationId: stage.organizationId, id: person.id, generation: 1 };
    const wrong = [
      at(`${mine.slice(0, -4)}AAAA`),
      at(`${mine.slice(0, 43)}${another.slice(43)}`),
      at(`${mine}A`),
      at(mine.slice(1)),
      at(gone),
      at(links.sign("calendar", { ...about, generation: 2 })),
      at(links.sign("calendar-entry", { ...about, generation: 4_000_000_000 })),
      at(links.sign("offer", about)),
      at("A"),
      at("A".repeat(900)),
      at("%00"),
      at("..%2f..%2fetc"),
    ];
    const answers = await Promise.all(wrong.map((url) => fetchFile(url)));
    const told = answers.map(({ status, headers, text }) => {
      const { requestId: _, ...data } = JSON.parse(text).error.data;
      return { status, type: headers.get("content-type"), etag: headers.get("etag"), data };
    });
    expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(told[0]).toMatchObject({ status: 404, etag: null, data: { reason: "LINK_EXPIRED" } });
  });

  test("is counted under its own name, with its statements", async () => {
    const [api] = stage.system.apis;
    const count = (rest: string) => readMetric(api?.metricsUrl ?? "", rest);
    const route = (status: string) =>
      `http_server_request_duration_seconds_count{method="GET",route="/calendar/:token.ics",status_class="${status}"}`;
    const statements =
      'db_client_operation_duration_seconds_count{db="primary",query="calendars.readCalendar",outcome="ok"}';
    const url = await urlOf(await aMember());
    const before = await Promise.all([route("2xx"), route("4xx"), statements].map(count));
    await fetchFile(url);
    await fetchFile(`${PUBLIC_URL}/calendar/nobody.ics`);
    const after = await Promise.all([route("2xx"), route("4xx"), statements].map(count));
    expect(after.map((value, index) => value - (before[index] ?? 0))).toEqual([1, 1, 1]);
  });
});

test("nobody reads one calendar too often, however many addresses it had or places it is read from", async () => {
  await using limited = await setStage({
    env: { RATE_LIMITS: "on", PUBLIC_URL, TRUST_PROXY: "1" },
  });
  const [person, other] = [await aMember(limited), await aMember(limited)];
  const [url, others] = [await urlOf(person, limited), await urlOf(other, limited)];
  const read = (from: string, place: number) =>
    fetchFile(from, { "x-forwarded-for": `192.0.2.${place}` }, limited.url);
  for (let reading = 0; reading < 60; reading += 1) {
    expect((await read(url, reading)).status).toBe(200);
  }
  const refused = await read(url, 200);
  expect(refused.status).toBe(429);
  expect(JSON.parse(refused.text).error.data.reason).toBe("RATE_LIMITED");
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(500);
  const { url: next } = await ask<{ url: string }>(limited, person, "calendars.rotate");
  expect((await read(next, 201)).status).toBe(429);
  expect((await read(others, 200)).status).toBe(200);
  // Guesses share what their place has, whatever they guess.
  const guesses = await Promise.all(
    Array.from({ length: 61 }, (_, guess) => read(`${PUBLIC_URL}/calendar/${guess}.ics`, 100)),
  );
  expect(guesses.filter(({ status }) => status === 429)).toHaveLength(1);
});

test("no address is written down, not even when all breaks", async () => {
  const [person, other] = [await aMember(), await aMember()];
  const urls = [await urlOf(person), (await rotate(other)).url];
  await stage.ctx.db.execute(sql`drop table calendar_feeds cascade`);
  for (const url of urls) expect((await fetchFile(url)).status).toBe(500);
  await vi.waitFor(() => expect(lines.join("\n")).toContain("a request failed"), 10_000);
  const written = lines.join("\n");
  for (const url of urls) {
    const [, token = ""] = /calendar\/(.*)\.ics/.exec(url) ?? [];
    expect(token).toHaveLength(70);
    expect(written).not.toContain(token);
  }
  const metrics = await Promise.all(stage.system.apis.map((api) => send(api.metricsUrl)));
  expect(metrics.map(({ text }) => text).join("\n")).not.toMatch(/\/calendar\/(?!:token)/);
});
