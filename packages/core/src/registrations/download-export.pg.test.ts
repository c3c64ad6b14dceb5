import type { Question } from "@tsudoi/shared/questions.ts";
import type { ExportInput } from "@tsudoi/shared/registration-exports.ts";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { deadlineIn } from "#core/platform/deadline.ts";
import { actorOf } from "#test/bed.ts";
import type { TestEvent } from "#test/builders.ts";
import { readCsv, readSheets } from "#test/read-tables.ts";
import { reasonOf } from "#test/refusals.ts";
import { addRegistrants } from "#test/registrants.ts";
import { useStage } from "#test/stage.ts";
import { gather } from "#test/tables.ts";
import { downloadExport } from "./download-export.ts";
import { exportRegistrations } from "./export-registrations.ts";

const stage = useStage();

const QUESTIONS: Question[] = [
  { id: "q1", kind: "text", label: { ja: "一言", en: "" }, required: false, options: [] },
  { id: "q2", kind: "number", label: { ja: "人数", en: "" }, required: false, options: [] },
];

async function aFullEvent(count: number): Promise<TestEvent> {
  const event = await stage.anEvent({ questions: QUESTIONS, titleJa: "全社/集会" });
  await addRegistrants(stage.ctx, event, count);
  return event;
}

async function download(
  event: TestEvent,
  input: Partial<ExportInput> = {},
  ctx = stage.as({ kind: "anonymous" }),
) {
  const owner = stage.as(actorOf(stage.owner));
  const { url } = await exportRegistrations(owner, { eventId: event.id, format: "csv", ...input });
  return downloadExport(ctx, { token: url.replace("/files/", "") });
}

async function read(event: TestEvent, input: Partial<ExportInput> = {}): Promise<string[][]> {
  const { content } = await download(event, input);
  return readCsv(Buffer.concat(await gather(content)));
}

describe("registrations/download-export", () => {
  test("does the thing: every registration in the order of numbers, over several pages", async () => {
    const event = await aFullEvent(1_203);
    const [head, ...rows] = await read(event);
    expect(head).toEqual([
      "受付番号",
      "状態",
      "姓",
      "名",
      "姓（フリガナ）",
      "名（フリガナ）",
      "メールアドレス",
      "部署",
      "申込日時（Asia/Tokyo）",
      "キャンセル待ちの順番",
      "一言",
      "人数",
      "理由",
    ]);
    expect(rows.map(([number]) => Number(number))).toEqual(
      Array.from({ length: 1_203 }, (_, index) => index + 1),
    );
    expect(rows[6]).toEqual([
      "0007",
      "取り消し済み",
      "山田",
      "太郎7",
      "ヤマダ",
      "タロウ",
      `registrant-7-${event.id}@example.test`,
      "",
      "2026-11-01 09:07:00",
      "",
      "答え 7",
      "7",
      "'=理由",
    ]);
    const waiting = rows.filter(([, status]) => status === "キャンセル待ち");
    expect(waiting.map((row) => Number(row[9]))).toEqual(
      Array.from({ length: 240 }, (_, index) => 240 - index),
    );
  });

  test("a workbook holds the same rows", async () => {
    const event = await aFullEvent(7);
    const { name, mediaType, content } = await download(event, { format: "xlsx" });
    const sheets = await readSheets(Buffer.concat(await gather(content)));
    expect(sheets.map((sheet) => sheet.name)).toEqual(["全社 集会"]);
    const rows = sheets[0]?.rows ?? [];
    expect(rows.map(([number]) => number)).toEqual((await read(event)).map(([number]) => number));
    expect(rows[5]?.slice(8, 12)).toEqual([new Date("2026-11-01T09:05:00Z"), 1, "答え 5", 5]);
    expect(name).toMatch(/^全社\/集会 申込一覧 \d{4}-\d\d-\d\d$/);
    expect(mediaType).toBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  });

  test("the file speaks its reader's language", async () => {
    const event = await aFullEvent(1);
    await stage.ctx.db.execute(sql`update users set locale = 'en' where id = ${stage.owner.id}`);
    const { name } = await download(event);
    const [head] = await read(event);
    await stage.ctx.db.execute(sql`update users set locale = 'ja' where id = ${stage.owner.id}`);
    expect(name).toMatch(/^A test event Registrations /);
    expect(head?.slice(0, 2)).toEqual(["Receipt number", "Status"]);
  });

  test.each<[Partial<ExportInput>, number[]]>([
    [{ status: "waitlisted" }, [5, 10]],
    [{ status: "cancelled" }, [7]],
    [{ text: "0011" }, [11]],
    [{ text: "山田太郎12" }, [12]],
    [{ text: "ﾔﾏﾀﾞ 太郎3" }, [3]],
    [{ text: "REGISTRANT-2-" }, [2]],
    [{ text: "100%" }, []],
    [{ text: "太郎1", status: "confirmed" }, [1, 11, 12]],
    [{ departmentId: "01890000-0000-7000-8000-00000000dead" }, []],
  ])("a filter chooses: %j", async (filter, numbers) => {
    const rows = await read(await aFullEvent(12), filter);
    expect(rows.slice(1).map(([number]) => Number(number))).toEqual(numbers);
  });

  test("the department is that of the time of registration", async () => {
    const event = await aFullEvent(2);
    const { organizationId } = stage;
    await stage.ctx.db.execute(sql`
      with made as (
        insert into departments (organization_id, code, name_ja, name_en)
        values (${organizationId}, 'sales', '営業部', 'Sales'), (${organizationId}, 'dev', '開発部', 'Engineering')
        returning id, code
      ), kept as (
        update registrations set department_id = (select id from made where code = 'sales')
        where event_id = ${event.id} and number = 1
      )
      update users set department_id = (select id from made where code = 'dev')
      where email like ${`%${event.id}%`}`);
    expect((await read(event)).slice(1).map((row) => row[7])).toEqual(["営業部", ""]);
  });

  test("refuses a second time", async () => {
    const event = await aFullEvent(1);
    const owner = stage.as(actorOf(stage.owner));
    const { url } = await exportRegistrations(owner, { eventId: event.id, format: "csv" });
    const token = url.replace("/files/", "");
    await downloadExport(owner, { token });
    expect(await reasonOf(downloadExport(owner, { token }))).toBe("LINK_EXPIRED");
  });

  test("rejects who may no longer list the people, after the link was made", async () => {
    const event = await aFullEvent(1);
    const viewer = await stage.aMember();
    await stage.ctx.db.execute(sql`
      insert into event_organizers (organization_id, event_id, user_id, role)
      values (${stage.organizationId}, ${event.id}, ${viewer.id}, 'viewer')`);
    const ctx = stage.as(actorOf(viewer));
    const { url } = await exportRegistrations(ctx, { eventId: event.id, format: "csv" });
    const open = () => downloadExport(ctx, { token: url.replace("/files/", "") });
    await stage.ctx.db.execute(sql`
      update event_organizers set role = 'checkin' where user_id = ${viewer.id}`);
    expect(await reasonOf(open())).toBe("FORBIDDEN");
    await stage.ctx.db.execute(sql`delete from event_organizers where user_id = ${viewer.id}`);
    expect(await reasonOf(open())).toBe("NOT_FOUND");
  });

  test("who registers meanwhile may be in the file, and everyone else is in it once", async () => {
    const event = await aFullEvent(1_000);
    const { content } = await download(event);
    const head = await content.next();
    const first = await content.next();
    await stage.ctx.db.execute(sql`
      insert into registrations (organization_id, event_id, user_id, status, seq, number)
      values (${stage.organizationId}, ${event.id}, ${stage.owner.id}, 'confirmed', 2000, 1001)`);
    await stage.ctx.db.execute(sql`
      update registrations set status = 'cancelled', queue_no = null where event_id = ${event.id}`);
    const rest = await gather(content);
    const rows = readCsv(Buffer.concat([head.value, first.value, ...rest] as Buffer[]));
    expect(rows.slice(1).map(([number]) => Number(number))).toEqual(
      Array.from({ length: 1_001 }, (_, index) => index + 1),
    );
  });

  test("no page is read after the deadline", async () => {
    const event = await aFullEvent(1_203);
    const ctx = { ...stage.as({ kind: "anonymous" }), deadline: deadlineIn(60_000) };
    const { content } = await download(event, {}, ctx);
    await content.next();
    await content.next();
    Object.assign(ctx, { deadline: deadlineIn(0) });
    expect(await reasonOf(gather(content))).toBe("TIMEOUT");
  });
});
