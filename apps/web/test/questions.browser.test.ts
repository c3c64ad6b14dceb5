import { registrations } from "@tsudoi/core/db/schema/registrations.ts";
import { answersOf, askInstead } from "@tsudoi/core/test/asking.ts";
import { anEvent, type TestEvent } from "@tsudoi/core/test/builders.ts";
import type { Question } from "@tsudoi/shared/questions.ts";
import { HOUR } from "@tsudoi/shared/time.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const label = (en: string, ja: string) => ({ en, ja });
const QUESTIONS: Question[] = [
  { id: "eats", kind: "yes_no", label: label("Lunch?", "昼食"), required: true, options: [] },
  {
    id: "dish",
    kind: "choice",
    label: label("Which dish?", "料理"),
    required: true,
    options: [
      { id: "fish", label: label("Fish", "魚") },
      { id: "other", label: label("Something else", "その他") },
    ],
    showIf: { questionId: "eats", equals: true },
  },
  {
    id: "wish",
    kind: "text",
    label: label("What would you like?", "ご希望"),
    required: true,
    options: [],
    showIf: { questionId: "dish", equals: "other" },
  },
  { id: "guests", kind: "number", label: label("Guests", "同伴者"), required: false, options: [] },
];

const asking = (given: Partial<TestEvent> = {}) =>
  anEvent(stage.ctx, stage.organizer, { questions: QUESTIONS, ...given });

const said = (page: Page, text: string) => page.getByRole("status").filter({ hasText: text });

test("an organiser asks, an attendee answers what concerns them, and changes it later", async () => {
  await using visit = await stage.visit({ locale: "ja", as: stage.organizer, at: "/organize/new" });
  const { page } = visit;
  await page.getByLabel("タイトル (日本語)").fill("昼食つき勉強会");
  await page.getByLabel("タイトル (英語)").fill("Lunch and learn");
  await page.getByText("申込時の質問").click();
  const add = page.getByRole("button", { name: "質問を追加" });
  await add.click();
  const first = page.getByRole("group", { name: "質問 1", exact: true });
  await first.getByLabel("質問 (日本語)").and(page.locator(":focus")).fill("昼食を食べますか");
  await first.getByLabel("質問 (英語)").fill("Will you have lunch?");
  await first.getByLabel("答え方").selectOption({ label: "はい・いいえ" });
  await first.getByLabel("必ず答えてもらう").check();
  await add.click();
  const second = page.getByRole("group", { name: "質問 2", exact: true });
  await second.getByLabel("質問 (日本語)").fill("アレルギー");
  await second.getByLabel("質問 (英語)").fill("Allergies");
  await second
    .getByLabel("この質問を表示する人")
    .selectOption({ label: "「昼食を食べますか」の回答による" });
  await second.getByLabel("必ず答えてもらう").check();
  await page.getByRole("button", { name: "下書きを保存" }).click();
  await page.getByRole("button", { name: "公開する" }).click();
  await page.getByText("公開しました。").waitFor();

  await using other = await stage.visit({ locale: "en", as: stage.attendee });
  await other.page.getByRole("link", { name: "Lunch and learn" }).click();
  const register = other.page.getByRole("button", { name: "Register" });
  await register.click();
  await other.page.getByRole("heading", { name: "Questions from the organiser" }).waitFor();
  expect(await other.page.getByLabel("Allergies").count()).toBe(0);
  await register.click();
  await other.page.getByText("Please check 1 answer").waitFor();
  await other.page.locator(".answers-wrong:focus").waitFor();
  const lunch = other.page.getByRole("group", { name: "Will you have lunch?" });
  await lunch.getByText("Please answer this question.").waitFor();
  await lunch.getByLabel("Yes").check();
  await said(other.page, "1 more question.").waitFor({ state: "attached" });
  expect(await lunch.locator("[aria-invalid]").count()).toBe(0);
  await register.click();
  const allergies = other.page.getByLabel("Allergies");
  await other.page.getByRole("button", { name: "Allergies" }).click();
  await allergies.and(other.page.locator(":focus[aria-invalid=true]")).fill("Nuts");
  await register.click();
  await other.page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();

  const own = other.page.getByRole("region", { name: "Your answers" });
  await own.getByText("Nuts").waitFor();
  await own.getByRole("button", { name: "Change your answers" }).click();
  await own.getByLabel("Yes").and(other.page.locator(":focus")).waitFor();
  await own.getByLabel("No", { exact: true }).check();
  await own.getByRole("button", { name: "Save your answers" }).click();
  await other.page.locator(".notice:focus", { hasText: "Your answers are saved." }).waitFor();
  expect(await own.getByText("Nuts").count()).toBe(0);
  const eventId = new URL(other.page.url()).pathname.split("/").at(-1) ?? "";
  const [kept] = await answersOf(stage.ctx, { id: eventId });
  expect(Object.values(kept ?? {})).toEqual([false]);
  expect([...visit.trouble, ...other.trouble]).toEqual([]);
});

test("a chain of questions opens and closes with the answers, and only what is shown is sent", async () => {
  const event = await asking();
  const person = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as: person, at: `/events/${event.id}` });
  const { page } = visit;
  const register = page.getByRole("button", { name: "Register" });
  await register.click();
  await page.getByLabel("Yes").check();
  await page.getByLabel("Something else").check();
  await page.getByLabel("What would you like?").fill("Soup");
  await page.getByLabel("Guests").fill("two");
  await register.click();
  await page.getByText("Please enter a number.").first().waitFor();
  await page.getByLabel("Guests").fill("２");
  await page.getByLabel("Fish").check();
  expect(await page.getByLabel("What would you like?").count()).toBe(0);
  await page.getByLabel("Something else").check();
  expect(await page.getByLabel("What would you like?").inputValue()).toBe("Soup");
  await page.getByLabel("Fish").check();
  await register.click();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
  expect(await answersOf(stage.ctx, event)).toEqual([{ eats: true, dish: "fish", guests: 2 }]);
  expect(visit.trouble).toEqual([]);
});

test("what is typed stays over a look elsewhere and a reload, for its event, until it is sent", async () => {
  const event = await asking();
  const another = await asking();
  const person = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as: person });
  const { page } = visit;
  const register = page.getByRole("button", { name: "Register" });
  await page.goto(`/events/${event.id}`);
  await register.click();
  await page.getByLabel("Guests").fill("3");
  await page.getByLabel("No", { exact: true }).check();
  await page.getByRole("button", { name: "Not now" }).click();
  expect(await page.getByLabel("Guests").count()).toBe(0);
  await page.goto(`/events/${another.id}`);
  await register.click();
  expect(await page.getByLabel("Guests").inputValue()).toBe("");
  await page.goto(`/events/${event.id}`);
  await register.click();
  expect(await page.getByLabel("Guests").inputValue()).toBe("3");
  await register.click();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
  expect(await page.evaluate("Object.keys(sessionStorage).join()")).not.toContain(event.id);
  expect(visit.trouble).toEqual([]);
});

test("questions that changed behind the page are told, fetched and asked", async () => {
  const event = await anEvent(stage.ctx, stage.organizer);
  const person = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as: person, at: `/events/${event.id}` });
  const { page } = visit;
  const register = page.getByRole("button", { name: "Register" });
  await register.waitFor();
  const ask = (questions: Question[]) => askInstead(stage.ctx, event, questions);
  await ask(QUESTIONS);
  // Who presses again before the page has read the questions gets them, too.
  const pressed = Promise.withResolvers<void>();
  await page.route("**/trpc/**events.get*", async (route) => {
    await pressed.promise;
    await route.continue();
  });
  await register.click();
  await page.getByText("The organiser has some questions.").waitFor();
  await register.click();
  pressed.resolve();
  await page.getByLabel("No", { exact: true }).check();
  await ask([{ ...QUESTIONS[0]!, id: "drinks", label: label("Drinks?", "飲み物") }]);
  await register.click();
  await page.getByText("The questions have changed.").waitFor();
  await page.getByRole("group", { name: "Drinks?" }).getByLabel("Yes").check();
  await register.click();
  await page.getByRole("heading", { name: "Your seat is confirmed" }).waitFor();
  expect(await answersOf(stage.ctx, event)).toEqual([{ drinks: true }]);
});

test("no long word widens a narrow phone", async () => {
  const long = label("W".repeat(200), "");
  const option = (id: string) => ({ id, label: long });
  const each = (["text", "choice", "multiple", "yes_no"] as const).map((kind) => ({
    ...QUESTIONS[0]!,
    id: kind.replace("_", ""),
    kind,
    label: long,
    options: kind === "choice" || kind === "multiple" ? [option("a"), option("b")] : [],
  }));
  const event = await asking({ questions: each });
  const person = await stage.newPerson({ role: "organizer", locale: "en" });
  await using visit = await stage.visit({ locale: "en", phone: true, as: person });
  const { page } = visit;
  await page.setViewportSize({ width: 320, height: 844 });
  const wide = () => page.evaluate("document.documentElement.scrollWidth");
  await page.goto(`/events/${event.id}`);
  const register = page.getByRole("button", { name: "Register" });
  await register.click();
  await page.locator("textarea").waitFor();
  await register.click();
  await page.getByText("Please check 4 answers").waitFor();
  expect(await wide()).toBe(320);
  await page.locator("textarea").fill("W".repeat(200));
  for (const place of [0, 2, 4]) await page.locator(".question .tick input").nth(place).check();
  await register.click();
  await page.locator(".own-answers dd").nth(3).waitFor();
  expect(await wide()).toBe(320);
  await page.goto("/organize/new");
  await page.getByText("Questions at registration").click();
  for (const place of [0, 1]) {
    await page.getByRole("button", { name: "Add a question" }).click();
    const editor = page.locator(".question-editor").nth(place);
    await editor.getByLabel("Question (English)").fill("W".repeat(200));
    await editor.getByLabel("Kind of answer").selectOption({ label: "Yes or no" });
  }
  await page.getByLabel("Who is asked").selectOption({ index: 1 });
  await page.getByText("See what people will be asked").click();
  expect(await wide()).toBe(320);
  await page.locator(".question-tools button").last().click();
  await page.getByRole("button", { name: "Undo" }).waitFor();
  expect(await wide()).toBe(320);
  expect(visit.trouble).toEqual([]);
});

test("the way to change answers ends with its time", async () => {
  const event = await asking({ answersUntil: new Date(Date.now() - HOUR) });
  await stage.ctx.db.insert(registrations).values({
    organizationId: stage.organizationId,
    eventId: event.id,
    userId: stage.attendee.id,
    status: "confirmed",
    seq: 1,
    number: 1,
    answers: { eats: true, dish: "fish" },
  });
  await using visit = await stage.visit({
    locale: "en",
    as: stage.attendee,
    at: `/events/${event.id}`,
  });
  const { page } = visit;
  const own = page.getByRole("region", { name: "Your answers" });
  await own.getByText("The time to change them has passed.").waitFor();
  await own.getByText("Fish").waitFor();
  await own.getByText("No answer").waitFor();
  expect(await own.getByRole("button").count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});
