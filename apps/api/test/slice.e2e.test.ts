import { hashPassword } from "@tsudoi/core/platform/passwords.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { call } from "@tsudoi/core/test/call.ts";
import { aCrowd } from "@tsudoi/core/test/crowd.ts";
import { startSystem } from "@tsudoi/core/test/system.ts";
import type { SignedIn } from "@tsudoi/shared/accounts.ts";
import type { Event, EventPage } from "@tsudoi/shared/events.ts";
import type { MyRegistrationPage, Registered } from "@tsudoi/shared/registrations.ts";
import { sql } from "drizzle-orm";
import PostalMime from "postal-mime";
import { expect, test, vi } from "vitest";

const PASSWORD = "a long enough password";
const REQUEST_ID = "from-the-screen-0001";
const MAIL = { timeout: 20_000, interval: 100 };

test("a person signs in, finds an event, books it, and has the mail with the calendar entry", async () => {
  await using system = await startSystem({ apis: 1, workers: 1 });
  await using crowd = await aCrowd(system, 2);
  const { ctx, owner, people } = crowd;
  const event = await anEvent(ctx, owner, {
    titleJa: "はじめてのデータ分析",
    titleEn: "Data analysis for beginners",
    onlineUrl: "https://meet.example.test/room",
  });
  const reader = people[1]!;
  const url = system.apis[0]!.url;
  await ctx.db.execute(sql`
    update users set password_hash = ${await hashPassword(PASSWORD)} where id = ${reader.id}`);

  const signedIn = await call<SignedIn>(url, [
    "auth.signIn",
    { email: reader.email, password: PASSWORD },
  ]);
  if (!signedIn.ok) throw new Error(signedIn.reason);
  const token = signedIn.data.accessToken;
  const ask = async <Data>(path: string, input: unknown): Promise<Data> => {
    const answer = await call<Data>(url, [path, input], { token, query: true });
    if (!answer.ok) throw new Error(answer.reason);
    return answer.data;
  };

  const list = await ask<EventPage>("events.list", { text: "ﾃﾞｰﾀ分析" });
  expect(list.items.map((item) => item.id)).toEqual([event.id]);
  expect(await ask<Event>("events.get", { eventId: event.id })).not.toHaveProperty("onlineUrl");

  const booked = await call<Registered>(url, ["registrations.register", { eventId: event.id }], {
    token,
    headers: { "idempotency-key": "one-tap", "x-request-id": REQUEST_ID },
  });
  if (!booked.ok) throw new Error(booked.reason);
  expect(booked.headers.get("x-request-id")).toBe(REQUEST_ID);
  expect(booked.data.registration).toMatchObject({ status: "confirmed", number: "0001" });
  expect(await ask<Event>("events.get", { eventId: event.id })).toMatchObject({
    seatsTaken: 1,
    myStatus: "confirmed",
    onlineUrl: "https://meet.example.test/room",
  });
  const mine = await ask<MyRegistrationPage>("registrations.listMine", {});
  expect(mine.items.map((item) => item.id)).toEqual([booked.data.registration.id]);

  await vi.waitFor(() => expect(system.smtp.messages).toHaveLength(1), MAIL);
  const [message] = system.smtp.messages;
  const mail = await PostalMime.parse(message?.raw ?? "");
  expect(message?.to).toEqual([reader.email]);
  expect(mail.subject).toBe("【参加確定】はじめてのデータ分析");
  expect(mail.text).toContain("受付番号：0001");
  expect(mail.text).toContain("https://meet.example.test/room");
  expect(mail.html).toContain('<html lang="ja">');
  expect(mail.headers.find(({ key }) => key === "x-request-id")?.value).toBe(REQUEST_ID);
  const entry = mail.attachments.find(({ mimeType }) => mimeType === "text/calendar");
  const text =
    typeof entry?.content === "string" ? entry.content : new TextDecoder().decode(entry?.content);
  expect(text).toContain("METHOD:REQUEST");
  expect(text.replaceAll("\r\n ", "")).toContain(`UID:${booked.data.registration.id}@tsudoi`);
});
