import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMailer, type Mail } from "@tsudoi/core/platform/mail.ts";
import { expect, test } from "vitest";
import { startMailbox } from "#scripts/mailbox/mailbox.ts";

async function aFolder(parts: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "tsudoi-mail-"));
  parts.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function aMailbox(
  parts: AsyncDisposableStack,
  options: { folder?: string; keep?: number } = {},
) {
  const folder = options.folder ?? (await aFolder(parts));
  const said: string[] = [];
  const say = (line: string) => void said.push(line);
  const mailbox = parts.use(await startMailbox({ folder, keep: options.keep, say }));
  const mailer = createMailer({ url: mailbox.smtpUrl, from: "Tsudoi <tsudoi@demo.test>" });
  parts.defer(() => mailer.close());
  const get = (path: string) => fetch(`${mailbox.url}/dev/mail${path}`);
  return { ...mailbox, folder, said, mailer, get };
}

function aMail(overrides: Partial<Mail> = {}): Mail {
  return {
    messageId: "<1@demo.test>",
    template: "registration_confirmed",
    to: { name: "田中 葵", address: "attendee@demo.test" },
    subject: "【参加確定】データ分析 & 表計算",
    text: "お申し込みありがとうございます。\nhttps://example.com/events/1?a=1&b=2",
    html: "<p>お申し込み<b>ありがとう</b>ございます。</p><script>alert(1)</script>",
    ...overrides,
  };
}

type Listed = { items: { id: string; to: string; subject: string }[]; nextCursor: string | null };

test("keeps a message that came over SMTP, and shows its text, its page and its calendar entry", async () => {
  await using parts = new AsyncDisposableStack();
  const { mailer, get } = await aMailbox(parts);
  const content = "BEGIN:VCALENDAR\r\nSUMMARY:データ分析\r\nEND:VCALENDAR\r\n";
  await mailer.send(aMail({ calendar: { method: "REQUEST", content } }));

  const list = await (await get("/")).text();
  expect(list).toContain("attendee@demo.test");
  const { items } = (await (await get("/messages.json")).json()) as Listed;
  expect(items).toMatchObject([
    { to: "attendee@demo.test", subject: "【参加確定】データ分析 & 表計算" },
  ]);
  const page = await (await get(`/${items[0]?.id}`)).text();
  for (const shown of [list, page]) {
    expect(shown).toContain("<main><");
    const [, at = "", local] = /<time datetime="([^"]+)">([^<]+)</.exec(shown) ?? [];
    expect(local).toContain(new Date(at).toLocaleTimeString("sv-SE"));
    expect(local).toMatch(/ GMT/);
  }
  expect(page).toContain("<h1>【参加確定】データ分析 &amp; 表計算</h1>");
  expect(page).toContain('<a href="https://example.com/events/1?a=1&amp;b=2"');
  expect(page).toContain("SUMMARY:データ分析");
  const part = await get(`/${items[0]?.id}/parts/0`);
  expect(part.headers.get("content-disposition")).toContain("attachment");
  expect(await part.text()).toBe(content);
  expect(await (await get(`/${items[0]?.id}/raw`)).text()).toContain("Message-ID: <1@demo.test>");
});

test("runs nothing that a sender wrote", async () => {
  await using parts = new AsyncDisposableStack();
  const { mailer, get } = await aMailbox(parts);
  const hostile = '"><script>alert(1)</script>';
  await mailer.send(
    aMail({ subject: hostile, text: hostile, to: { name: hostile, address: "a@demo.test" } }),
  );
  for (const path of ["/", "/000000001", `/?to=${encodeURIComponent(hostile)}`]) {
    const answer = await get(path);
    const outsideFrames = (await answer.text()).replace(/srcdoc="[^"]*"/g, "");
    expect(outsideFrames).not.toContain("<script");
    expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'; /);
  }
  const page = await (await get("/000000001")).text();
  expect(page).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  expect(page).not.toContain("allow-scripts");
});

test("pages, finds by address, and knows no other message", async () => {
  await using parts = new AsyncDisposableStack();
  const { mailer, get } = await aMailbox(parts);
  for (let number = 1; number <= 53; number += 1) {
    const address = number === 7 ? "door@demo.test" : "attendee@demo.test";
    await mailer.send(aMail({ subject: `No. ${number}`, to: { name: "", address } }));
  }
  const first = (await (await get("/messages.json")).json()) as Listed;
  expect(first.items).toHaveLength(50);
  expect(first.items[0]?.subject).toBe("No. 53");
  const second = (await (await get(`/messages.json?before=${first.nextCursor}`)).json()) as Listed;
  expect(second.items.map(({ subject }) => subject)).toEqual(["No. 3", "No. 2", "No. 1"]);
  expect(second.nextCursor).toBeNull();
  const found = (await (await get("/messages.json?to=Door@demo.test")).json()) as Listed;
  expect(found.items.map(({ subject }) => subject)).toEqual(["No. 7"]);
  expect((await get("/999999999")).status).toBe(404);
  expect((await get("/..%2f..%2fsecrets.json")).status).toBe(404);
  expect((await get("/000000001/parts/9")).status).toBe(404);
});

test("what it accepted is there again after a stop, and only the last ones are", async () => {
  await using parts = new AsyncDisposableStack();
  const folder = await aFolder(parts);
  {
    await using first = new AsyncDisposableStack();
    const { mailer } = await aMailbox(first, { folder, keep: 3 });
    for (const subject of ["a", "b", "c", "d"]) await mailer.send(aMail({ subject }));
  }
  const { mailer, get } = await aMailbox(parts, { folder, keep: 3 });
  await mailer.send(aMail({ subject: "e" }));
  const { items } = (await (await get("/messages.json")).json()) as Listed;
  expect(items.map(({ subject }) => subject)).toEqual(["e", "d", "c"]);
  expect(await readdir(folder)).toEqual(["000000003.eml", "000000004.eml", "000000005.eml"]);
});

test("goes on when its folder was removed", async () => {
  await using parts = new AsyncDisposableStack();
  const { mailer, get, folder } = await aMailbox(parts);
  await mailer.send(aMail({ subject: "removed" }));
  await rm(folder, { recursive: true });
  expect((await get("/000000001")).status).toBe(404);
  await mailer.send(aMail({ subject: "kept" }));
  const { items } = (await (await get("/messages.json")).json()) as Listed;
  expect(items.map(({ subject }) => subject)).toEqual(["kept"]);
});

test('answers "later" where the disk is full, and takes the mail once there is room', async () => {
  await using parts = new AsyncDisposableStack();
  const { mailer, get, folder, said } = await aMailbox(parts);
  await symlink("/dev/full", join(folder, "000000001.part"));
  await expect(mailer.send(aMail())).rejects.toThrow("452");
  expect(said).toEqual([`Mail cannot be kept in ${folder} (ENOSPC): it waits`]);
  await mailer.send(aMail({ subject: "again" }));
  const { items } = (await (await get("/messages.json")).json()) as Listed;
  expect(items.map(({ subject }) => subject)).toEqual(["again"]);
});

test("says once that mail cannot be kept, and once that it is kept again", async () => {
  await using parts = new AsyncDisposableStack();
  const { mailer, folder, said } = await aMailbox(parts);
  await rm(folder, { recursive: true });
  await writeFile(folder, "");
  for (const subject of ["a", "b"])
    await expect(mailer.send(aMail({ subject }))).rejects.toThrow("452");
  await rm(folder);
  for (const subject of ["a", "b"]) await mailer.send(aMail({ subject }));
  expect(said).toEqual([
    `Mail cannot be kept in ${folder} (EEXIST): it waits`,
    "Mail is kept again",
  ]);
});
