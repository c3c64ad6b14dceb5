import { answersOf } from "@tsudoi/core/test/asking.ts";
import { MAX_QUESTIONS } from "@tsudoi/shared/questions.ts";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stage, setStage } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** The form of an organiser of their own, with the questions unfolded. */
async function open(page: Page): Promise<Locator> {
  await page.goto("/organize/new");
  await page.getByText("Questions at registration").click();
  return page.getByRole("button", { name: "Add a question" });
}

const organizer = () => stage.newPerson({ role: "organizer", locale: "en" });
const numbered = (page: Page, place: number) =>
  page.getByRole("group", { name: `Question ${place}`, exact: true });
const english = (group: Locator) => group.getByLabel("Question (English)");

async function names(page: Page): Promise<string[]> {
  const fields = page.locator('.question-editor > .field-row input[name$="-en"]');
  return fields.evaluateAll((inputs) => inputs.map((input) => (input as { value: string }).value));
}

async function write(page: Page, questions: string[]): Promise<void> {
  const add = await open(page);
  for (const [index, question] of questions.entries()) {
    await add.click();
    await english(numbered(page, index + 1))
      .and(page.locator(":focus"))
      .fill(question);
  }
}

test("questions are moved by keyboard, keep the focus, and say where they went", async () => {
  await using visit = await stage.visit({ locale: "en", as: await organizer() });
  const { page } = visit;
  await write(page, ["First", "Second", "Third"]);
  const down = page.getByRole("button", { name: "Move “First” down" });
  await down.focus();
  await page.keyboard.press("Enter");
  await page
    .getByRole("status")
    .getByText("“First” is number 2 now.")
    .waitFor({ state: "attached" });
  await page.keyboard.press("Enter");
  await page
    .getByRole("status")
    .getByText("“First” is number 3 now.")
    .waitFor({ state: "attached" });
  expect(await names(page)).toEqual(["Second", "Third", "First"]);
  await down.and(page.locator(":focus[aria-disabled=true]")).waitFor();
  await page.keyboard.press("Enter");
  expect(await names(page)).toEqual(["Second", "Third", "First"]);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  expect(await names(page)).toEqual(["Second", "First", "Third"]);
  expect(visit.trouble).toEqual([]);
});

test("what is deleted can be brought back to its place, and is named", async () => {
  await using visit = await stage.visit({ locale: "en", as: await organizer() });
  const { page } = visit;
  await write(page, ["First", "Second", "Third"]);
  await page.getByRole("button", { name: "Delete “Second”" }).click();
  await page.getByRole("status").getByText("“Second” is deleted.").waitFor();
  expect(await names(page)).toEqual(["First", "Third"]);
  await page.getByRole("button", { name: "Undo" }).and(page.locator(":focus")).press("Enter");
  expect(await names(page)).toEqual(["First", "Second", "Third"]);
  await english(numbered(page, 2)).and(page.locator(":focus")).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("a condition that a move breaks is told at once, and mended by moving back", async () => {
  await using visit = await stage.visit({ locale: "en", as: await organizer() });
  const { page } = visit;
  await write(page, ["Staying?", "Nights"]);
  await numbered(page, 1).getByLabel("Kind of answer").selectOption({ label: "Yes or no" });
  const who = numbered(page, 2).getByLabel("Who is asked");
  await who.selectOption({ label: "Depends on “Staying?”" });
  await page.getByRole("button", { name: "Move “Nights” up" }).click();
  const broken = page.getByText(/It can depend only on a question before it/);
  await broken.waitFor();
  await page.getByRole("button", { name: "Move “Nights” down" }).click();
  await broken.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Delete “Staying?”" }).click();
  await broken.waitFor();
  const first = numbered(page, 1).getByLabel("Who is asked");
  await first.selectOption({ label: "Everyone" });
  await broken.waitFor({ state: "detached" });
  expect(visit.trouble).toEqual([]);
});

test("what the API refuses is marked at its field, in the question that it is about", async () => {
  await using visit = await stage.visit({ locale: "en", as: await organizer() });
  const { page } = visit;
  await write(page, ["Fine", ""]);
  await page.getByLabel("Title (English)").fill("Asks badly");
  await numbered(page, 1).getByLabel("Kind of answer").selectOption({ label: "One of several" });
  await numbered(page, 1).getByLabel("Option 1 (English)").fill("Only this");
  await page.getByText("Questions at registration").click();
  await page.getByRole("button", { name: "Save as draft" }).click();
  const wrong = english(numbered(page, 2));
  await numbered(page, 2)
    .getByText("Please enter a question in Japanese or English.")
    .first()
    .waitFor();
  await page.getByText("Correct the marked fields, then try again.").waitFor();
  const option = numbered(page, 1).getByLabel("Option 2 (English)");
  expect(await option.getAttribute("aria-invalid")).toBe("true");
  await numbered(page, 1).getByLabel("Option 2 (Japanese)").and(page.locator(":focus")).waitFor();
  await page.getByRole("button", { name: "Move “Question 2” up" }).click();
  expect(await english(numbered(page, 1)).getAttribute("aria-invalid")).toBe("true");
  await english(numbered(page, 1)).fill("Now it has a text");
  expect(await wrong.getAttribute("aria-invalid")).toBe(null);
  await numbered(page, 2).getByLabel("Option 2 (English)").fill("Or this");
  expect(await page.getByText("Correct the marked fields").count()).toBe(0);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await page.getByText("This is a draft.").waitFor();
});

test("the preview asks in both languages, keeps nothing, and the draft survives a reload", async () => {
  await using visit = await stage.visit({ locale: "en", as: await organizer() });
  const { page } = visit;
  await write(page, ["Staying?", "Nights"]);
  await numbered(page, 1).getByLabel("Question (Japanese)").fill("泊まりますか");
  await numbered(page, 1).getByLabel("Kind of answer").selectOption({ label: "Yes or no" });
  await numbered(page, 2)
    .getByLabel("Who is asked")
    .selectOption({ label: "Depends on “Staying?”" });
  await page.getByText("See what people will be asked").click();
  const preview = page.locator(".question-preview");
  expect(await preview.getByLabel(/^Nights/).count()).toBe(0);
  await preview.getByLabel("Yes").check();
  await preview.getByLabel(/^Nights/).fill("two");
  await preview.getByRole("button", { name: "Japanese" }).click();
  await preview.getByRole("group", { name: "泊まりますか" }).getByLabel("はい").waitFor();
  expect(await preview.locator("div[lang=ja]").count()).toBe(1);
  await page.reload();
  await english(numbered(page, 2)).waitFor();
  expect(await names(page)).toEqual(["Staying?", "Nights"]);
  expect(visit.trouble).toEqual([]);
});

test("a form has an end, and says so", async () => {
  await using visit = await stage.visit({ locale: "en", as: await organizer() });
  const { page } = visit;
  const add = await open(page);
  for (let asked = 0; asked < MAX_QUESTIONS; asked += 1) await add.click();
  await page.getByText(`An event asks up to ${MAX_QUESTIONS} questions.`).waitFor();
  expect(await add.getAttribute("aria-disabled")).toBe("true");
  await add.click({ force: true });
  expect(await names(page)).toHaveLength(MAX_QUESTIONS);
  await page.getByRole("button", { name: `Delete “Question ${MAX_QUESTIONS}”` }).click();
  expect(await add.getAttribute("aria-disabled")).toBe(null);
});

test("a choice of many opens as a list, and an optional one can be taken back", async () => {
  const person = await organizer();
  await using visit = await stage.visit({ locale: "en", as: person });
  const { page } = visit;
  await write(page, ["Which team?", "A seat by the window?"]);
  await page.getByLabel("Title (English)").fill("Teams");
  await numbered(page, 1).getByLabel("Kind of answer").selectOption({ label: "One of several" });
  for (let place = 1; place <= 9; place += 1) {
    const option = numbered(page, 1).getByLabel(`Option ${place} (English)`);
    if (place > 2) {
      await numbered(page, 1).getByRole("button", { name: "Add an option" }).click();
      await option.and(page.locator(":focus")).waitFor();
    }
    await option.fill(`Team ${place}`);
  }
  await numbered(page, 2).getByLabel("Kind of answer").selectOption({ label: "Yes or no" });
  await page.getByRole("button", { name: "Save as draft" }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("button", { name: "Publish anyway" }).click();
  await page.getByText("Published.").waitFor();
  await page.getByRole("link", { name: "See the event's page" }).click();
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByLabel(/^Which team/).selectOption({ label: "Team 9" });
  await page.getByLabel("Yes").check();
  await page.getByRole("button", { name: "Clear the choice" }).click();
  expect(await page.getByLabel("Yes").isChecked()).toBe(false);
  await page.getByRole("button", { name: "Register" }).click();
  const own = page.getByRole("region", { name: "Your answers" });
  await own.getByText("Team 9").waitFor();
  const eventId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  const [kept] = await answersOf(stage.ctx, { id: eventId });
  expect(Object.keys(kept ?? {})).toHaveLength(1);
  expect(visit.trouble).toEqual([]);
});
