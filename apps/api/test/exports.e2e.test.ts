import { connect } from "node:net";
import { anEvent, aUser, type TestEvent, type TestUser } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { readCsv, readSheets } from "@tsudoi/core/test/read-tables.ts";
import { addRegistrants } from "@tsudoi/core/test/registrants.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import type { Exported, ExportFormat } from "@tsudoi/shared/registration-exports.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readMetric, type Stage, send, setStage } from "./stage.ts";

const COUNT = 10_000;
const FIRST_BYTE_MS = 2_000;
const MOST_AT_ONCE = 20;
const HEAVY_COUNT = 3_000;
const HEAVY_CHARACTERS = HEAVY_COUNT * 2_000;
/** Twenty whole files would be 360 MB. */
const MAX_GROWTH_BYTES = 60_000_000;

let stage: Stage;
let owner: TestUser;
let event: TestEvent;
beforeAll(async () => {
  stage = await setStage({ apis: 2 });
  owner = await aUser(stage.ctx, { organizationId: stage.organizationId, role: "organizer" });
  event = await anEvent(stage.ctx, owner, { titleJa: "全社集会", capacity: COUNT });
  await addRegistrants(stage.ctx, event, COUNT);
});
afterAll(() => stage[Symbol.asyncDispose]());

const metrics = (index = 0) => stage.system.apis[index]?.metricsUrl ?? "";
const api = (index = 0) => stage.system.apis[index]?.url ?? "";

async function aLink(format: ExportFormat = "csv", who = owner, of = event): Promise<string> {
  const answer = await call<Exported>(
    stage.url,
    ["registrations.export", { eventId: of.id, format }],
    { token: await stage.tokenOf(who) },
  );
  if (!answer.ok) throw new Error(`no link: ${answer.reason}`);
  return answer.data.url;
}

const numbers = (rows: unknown[][]) => rows.slice(1).map(([number]) => Number(number));
const ALL = Array.from({ length: COUNT }, (_, index) => index + 1);

/** The refusal of a request, as its caller is told it. */
async function refused(url: string, headers: Record<string, string> = {}) {
  const { status, text } = await send(url, { headers });
  return [status, JSON.parse(text).error.data.reason];
}

describe("an export over HTTP", () => {
  test("10,000 registrations come as CSV, the first byte at once", async () => {
    const link = await aLink();
    const since = performance.now();
    const response = await fetch(`${api()}${link}`);
    const firstByte = performance.now() - since;
    expect(firstByte).toBeLessThan(FIRST_BYTE_MS);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/csv; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "content-disposition": expect.stringMatching(
        /^attachment; filename="registrations\.csv"; filename\*=UTF-8''%E5%85%A8%E7%A4%BE%E9%9B%86%E4%BC%9A%20/,
      ),
    });
    expect(numbers(readCsv(new Uint8Array(await response.arrayBuffer())))).toEqual(ALL);
  });

  test("the rows are what the database holds, in a workbook too", async () => {
    const response = await fetch(`${api()}${await aLink("xlsx")}`);
    const [sheet] = await readSheets(new Uint8Array(await response.arrayBuffer()));
    const rows = sheet?.rows ?? [];
    expect(numbers(rows)).toEqual(ALL);
    const [kept] = await stage.ctx.db.execute<{ people: string[] }>(sql`
      select array_agg(u.email order by r.number) as people from registrations r
      join users u on u.organization_id = r.organization_id and u.id = r.user_id
      where r.event_id = ${event.id}`);
    expect(rows.slice(1).map((row) => row[6])).toEqual(kept?.people);
  });

  test("a link works once, in whichever process it is followed", async () => {
    const link = await aLink();
    const both = await Promise.all([0, 1].map((index) => send(`${api(index)}${link}`)));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 404]);
    for (const index of [0, 1]) {
      expect(await refused(`${api(index)}${link}`)).toEqual([404, "LINK_EXPIRED"]);
    }
    expect(await refused(`${api()}/files/${"x".repeat(64)}`)).toEqual([404, "LINK_EXPIRED"]);
  });

  test("a look at it and somebody else's use leave it whole", async () => {
    const link = await aLink();
    expect((await fetch(`${api()}${link}`, { method: "HEAD" })).status).toBe(404);
    const stranger = await aUser(stage.ctx, { organizationId: stage.organizationId });
    const authorization = `Bearer ${await stage.tokenOf(stranger)}`;
    expect(await refused(`${api()}${link}`, { authorization })).toEqual([404, "LINK_EXPIRED"]);
    expect((await send(`${api()}${link}`)).status).toBe(200);
  });

  test("what its person may do is asked when it is followed", async () => {
    const viewer = await aUser(stage.ctx, { organizationId: stage.organizationId });
    await stage.ctx.db.execute(sql`
      insert into event_organizers (organization_id, event_id, user_id, role)
      values (${stage.organizationId}, ${event.id}, ${viewer.id}, 'viewer')`);
    const link = await aLink("csv", viewer);
    await stage.ctx.db.execute(sql`
      update event_organizers set role = 'checkin' where user_id = ${viewer.id}`);
    expect(await refused(`${api()}${link}`)).toEqual([403, "FORBIDDEN"]);
    await stage.ctx.db.execute(sql`update users set disabled_at = now() where id = ${viewer.id}`);
    expect(await refused(`${api()}${link}`)).toEqual([401, "NOT_SIGNED_IN"]);
  });

  test("a person gets twenty links in ten minutes, and nobody else waits for it", async () => {
    const { url } = await stage.system.startApi({ env: { RATE_LIMITS: "on" } });
    const colleague = await aUser(stage.ctx, {
      organizationId: stage.organizationId,
      role: "admin",
    });
    const ask = async (who: TestUser) => {
      const input = { eventId: event.id, format: "csv" };
      const token = await stage.tokenOf(who);
      const answer = await call(url, ["registrations.export", input], { token });
      return answer.ok ? "ok" : answer.reason;
    };
    const ends: string[] = [];
    for (let asked = 0; asked < 22; asked += 1) ends.push(await ask(owner));
    expect(ends).toEqual([...Array(20).fill("ok"), "RATE_LIMITED", "RATE_LIMITED"]);
    expect(await ask(colleague)).toBe("ok");
  });

  test("a reader who leaves ends the reading, and nothing stays under way", async () => {
    const before = await readMetric(metrics(), 'downloads_total{outcome="left"}');
    for (let left = 0; left < 3; left += 1) await followAndLeave(await aLink("xlsx"));
    await activeAre(0);
    expect(await readMetric(metrics(), 'downloads_total{outcome="left"}')).toBe(before + 3);
  });

  test("readers who take nothing cost no memory, and only so many are under way at once", async () => {
    const heavy = await aHeavyEvent();
    expect((await send(`${api()}${await aLink("csv", owner, heavy)}`)).text.length).toBeGreaterThan(
      HEAVY_CHARACTERS,
    );
    const before = await readMetric(metrics(), "process_resident_memory_bytes");
    const links: string[] = [];
    for (let made = 0; made <= MOST_AT_ONCE; made += 1)
      links.push(await aLink("csv", owner, heavy));
    const held = links.slice(0, MOST_AT_ONCE).map(holdOpen);
    await activeAre(MOST_AT_ONCE);
    const last = links.at(-1) ?? "";
    expect(await refused(`${api()}${last}`)).toEqual([503, "OVERLOADED"]);
    const growth = (await readMetric(metrics(), "process_resident_memory_bytes")) - before;
    expect(growth).toBeLessThan(MAX_GROWTH_BYTES);
    for (const socket of held) socket.destroy();
    await activeAre(0);
    expect((await send(`${api()}${last}`)).status).toBe(200);
  });
});

/** Its file is larger than what the system keeps for a reader who does not read. */
async function aHeavyEvent(): Promise<TestEvent> {
  const question: Question = {
    id: "q1",
    kind: "text",
    label: { ja: "一言", en: "" },
    required: false,
    options: [],
  };
  const heavy = await anEvent(stage.ctx, owner, { questions: [question] });
  await addRegistrants(stage.ctx, heavy, HEAVY_COUNT);
  await stage.ctx.db.execute(sql`
    update registrations set answers = jsonb_build_object('q1', repeat('長い答え', 500)) where event_id = ${heavy.id}`);
  return heavy;
}

async function activeAre(count: number): Promise<void> {
  const active = () => readMetric(metrics(), "downloads_active");
  await vi.waitFor(async () => expect(await active()).toBe(count), { timeout: 20_000 });
}

/** Follows a link and takes nothing that comes: the system's own buffers are all there is for it. */
function holdOpen(link: string) {
  const { hostname, port } = new URL(api());
  const socket = connect({ host: hostname, port: Number(port) });
  socket.pause();
  socket.on("error", () => {});
  socket.write(`GET ${link} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  return socket;
}

async function followAndLeave(link: string): Promise<void> {
  const controller = new AbortController();
  const response = await fetch(`${api()}${link}`, { signal: controller.signal });
  await response.body?.getReader().read();
  controller.abort();
}
