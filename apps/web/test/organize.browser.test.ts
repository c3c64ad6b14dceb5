import { randomBytes } from "node:crypto";
import { hashLinkToken } from "@tsudoi/core/auth/hash-link-token.ts";
import { categories } from "@tsudoi/core/db/schema/categories.ts";
import { eventOrganizers } from "@tsudoi/core/db/schema/event-organizers.ts";
import { oneTimeTokens } from "@tsudoi/core/db/schema/one-time-tokens.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { DAY } from "@tsudoi/shared/time.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test("an organiser writes an event in both languages, publishes it, and others find it", async () => {
  await using visit = await stage.visit({ locale: "ja", as: stage.organizer });
  const { page } = visit;
  await page.getByRole("link", { name: "主催", exact: true }).click();
  await page.getByRole("heading", { name: "主催するイベントはまだありません" }).waitFor();
  await page.getByRole("link", { name: "イベントを作成" }).first().click();
  await page.getByLabel("タイトル (日本語)").fill("評価者研修");
  await page.getByLabel("タイトル (英語)").fill("Training for reviewers");
  await page.getByLabel("説明 (日本語)").fill("評価の進め方を学びます。");
  await page.getByLabel("説明 (英語)").fill("How to review well.");
  await page.getByLabel("定員", { exact: true }).fill("12");
  await page.getByLabel("場所 (任意)").fill("本社 8F");
  await page.getByLabel("承認制にする").check();
  const preview = page.getByRole("complementary", { name: "プレビュー" });
  await preview.getByText("評価者研修").waitFor();
  await preview.getByText("残り 12 席").waitFor();
  await page.getByRole("button", { name: "下書きを保存" }).click();
  await page.getByText("これは下書きです。").waitFor();
  await page.getByRole("button", { name: "公開する" }).click();
  await page.getByText("公開しました。").waitFor();

  await using other = await stage.visit({ locale: "en", as: stage.attendee });
  await other.page.getByRole("link", { name: "Training for reviewers" }).click();
  await other.page.getByRole("button", { name: "Register" }).waitFor();
  expect(await other.page.getByRole("link", { name: "Organise" }).count()).toBe(0);
  expect([...visit.trouble, ...other.trouble]).toEqual([]);
});

test("one language is a choice, asked for in words, and marked in the list", async () => {
  await using visit = await stage.visit({ locale: "ja", as: stage.organizer, at: "/organize/new" });
  const { page } = visit;
  await page.getByLabel("タイトル (日本語)").fill("日本語だけの会");
  await page.getByRole("button", { name: "下書きを保存" }).click();
  await page.getByRole("button", { name: "公開する" }).click();
  const question = page.getByRole("alertdialog", { name: "翻訳が足りません" });
  await question.getByText("英語で書かれていない項目があります。").waitFor();
  await question.getByRole("button", { name: "戻る" }).click();
  await page.getByText("これは下書きです。").waitFor();
  await page.getByRole("button", { name: "公開する" }).click();
  await question.getByRole("button", { name: "このまま公開する" }).click();
  await page.getByText("公開しました。").waitFor();

  await using other = await stage.visit({ locale: "en", as: stage.attendee });
  const card = other.page.locator(".event-card", { hasText: "日本語だけの会" });
  await card.getByText("Japanese only").waitFor();
  const title = card.getByRole("heading").locator("[lang=ja]");
  expect(await title.textContent()).toBe("日本語だけの会");
});

test("a refused form keeps what was typed and leads to the first problem", async () => {
  await using visit = await stage.visit({ locale: "ja", as: stage.organizer, at: "/organize/new" });
  const { page } = visit;
  await page.getByLabel("タイトル (英語)").fill("Too early");
  await page.getByLabel("定員", { exact: true }).fill("多数");
  await page.getByLabel("終了", { exact: true }).fill("14:00");
  await page.getByLabel("オンラインの参加リンク").fill("http://meet.example.test");
  await page.getByRole("button", { name: "下書きを保存" }).click();
  await page.getByText("終了は開始より後にしてください。").waitFor();
  await page.getByText("定員は 1 から 1,000,000 までの数字で入力してください。").waitFor();
  await page.getByText("https:// で始まるアドレスを入力してください。").waitFor();
  const end = page.getByLabel("終了", { exact: true });
  await end.and(page.locator(":focus")).waitFor();
  expect(await page.getByLabel("タイトル (英語)").inputValue()).toBe("Too early");
  expect(await page.getByLabel("定員", { exact: true }).inputValue()).toBe("多数");
});

test("a refusal to publish is asked about again once its cause is gone", async () => {
  const event = await anEvent(stage.ctx, stage.organizer, { status: "draft", publishedAt: null });
  await using visit = await stage.visit({
    locale: "ja",
    as: stage.organizer,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  await page.getByText("これは下書きです。").waitFor();
  // What the page knows of the event stays as it is.
  await page.route("**/trpc/events.get**", (route) => route.abort());
  const giveRole = (role: "viewer" | "owner") => stage.ctx.db.update(eventOrganizers).set({ role });
  await giveRole("viewer");
  await page.getByRole("button", { name: "公開する" }).click();
  await page.getByText("この操作を行う権限がありません。").waitFor();
  await giveRole("owner");
  await page.getByRole("button", { name: "もう一度試す" }).click();
  await page.getByText("公開しました。").waitFor();
});

test("a refused draft is asked about again once the cause is gone, as it stands", async () => {
  await using visit = await stage.visit({ locale: "ja", as: stage.organizer, at: "/organize/new" });
  const { page } = visit;
  await page.getByLabel("タイトル (日本語)").fill("一度は断られる会");
  const slug = "seasonal";
  await page.route("**/trpc/events.create", (route) =>
    route.continue({ postData: { ...route.request().postDataJSON(), category: slug } }),
  );
  await page.getByRole("button", { name: "下書きを保存" }).click();
  await page.getByText("入力内容をご確認ください。").waitFor();
  await stage.ctx.db.insert(categories).values({
    organizationId: stage.organizationId,
    slug,
    nameJa: "季節",
    nameEn: "Seasonal",
    position: 99,
  });
  await page.getByRole("button", { name: "下書きを保存" }).click();
  await page.getByText("これは下書きです。").waitFor();
});

test("an empty system is set up by its link, once", async () => {
  const token = randomBytes(32).toString("base64url");
  await stage.ctx.db.insert(oneTimeTokens).values({
    tokenHash: hashLinkToken(token),
    purpose: "set-up",
    expiresAt: new Date(Date.now() + DAY),
  });
  await using visit = await stage.visit({ locale: "ja" });
  const { page } = visit;
  await page.goto(`/set-up/${token}`);
  await page.getByLabel("組織の名前").fill("つどい商事");
  await page.getByLabel("姓").fill("高橋");
  await page.getByLabel("名", { exact: true }).fill("美咲");
  await page.getByLabel("メールアドレス").fill("misaki@example.test");
  await page.getByLabel("パスワード").fill("short");
  await page.getByRole("button", { name: "登録して始める" }).click();
  await page.getByText("パスワードは 8 文字以上 128 文字までにしてください。").waitFor();
  expect(await page.getByLabel("組織の名前").inputValue()).toBe("つどい商事");
  await page.getByLabel("パスワード").fill("long enough for anyone");
  await page.getByRole("button", { name: "登録して始める" }).click();
  await page.getByRole("heading", { name: "これからのイベントはまだありません" }).waitFor();
  await page.getByRole("button", { name: "高橋 美咲 さんのメニュー" }).waitFor();

  await using late = await stage.visit({ locale: "en" });
  await late.page.goto(`/set-up/${token}`);
  await late.page.getByLabel("Name of the organisation").fill("Someone else");
  await late.page.getByLabel("Family name").fill("Else");
  await late.page.getByLabel("Given name").fill("Someone");
  await late.page.getByLabel("E-mail address").fill("else@example.test");
  await late.page.getByLabel("Password").fill("long enough for anyone");
  await late.page.getByRole("button", { name: "Set up and start" }).click();
  await late.page.getByText("This link has expired.").waitFor();
  expect([...visit.trouble, ...late.trouble]).toEqual([]);
});
