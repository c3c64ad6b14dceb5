import { anEvent } from "@tsudoi/core/test/builders.ts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Stage, setStage, signIn } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

async function register(page: Page): Promise<void> {
  const event = await anEvent(stage.ctx, stage.organizer, { titleJa: "勉強会", titleEn: "Study" });
  await page.goto(`/events/${event.id}`);
  await page.locator(".action-bar button").click();
  await page.locator(".registration-ticket").waitFor();
}

/** Who reads Japanese, with the subject of the mail they get: in Japanese it is encoded. */
async function aReader() {
  const person = await stage.newPerson({ locale: "ja" });
  const subject = () =>
    vi.waitFor(
      () => {
        const found = stage.system.smtp.messages.find(({ to }) => to.includes(person.email));
        if (!found) throw new Error("no mail yet");
        return /^Subject: (.*)$/m.exec(found.raw)?.[1];
      },
      { timeout: 20_000 },
    );
  return { person, subject };
}

test("the language chosen at the door is that of the mail", async () => {
  const { person, subject } = await aReader();
  await using visit = await stage.visit({ locale: "ja" });
  const { page } = visit;
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  const told = page.waitForResponse("**/trpc/auth.setLocale");
  await signIn(page, person);
  await told;
  await register(page);
  expect(await subject()).toContain("Study");
});

test("a browser's own language is nobody's choice: the page and the mail speak the person's", async () => {
  const { person, subject } = await aReader();
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  const told: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("auth.setLocale")) told.push(request.url());
  });
  await signIn(page, person);
  await page.getByRole("heading", { name: "これからのイベント", exact: true }).waitFor();
  await register(page);
  expect(await subject()).toMatch(/^=\?UTF-8\?/i);
  expect(told).toEqual([]);
});

test("nor is what another person chose on the same device", async () => {
  const [first, second] = [await aReader(), await aReader()];
  await using visit = await stage.visit({ locale: "ja", as: first.person });
  const { page } = visit;
  await page.getByRole("button", { name: "English" }).first().click();
  await page.getByRole("heading", { name: "Upcoming events", exact: true }).waitFor();
  await visit.context.clearCookies();
  await signIn(page, second.person);
  await page.getByRole("heading", { name: "これからのイベント", exact: true }).waitFor();
});
