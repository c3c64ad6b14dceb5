import { registrations } from "@tsudoi/core/db/schema/registrations.ts";
import { sessions } from "@tsudoi/core/db/schema/sessions.ts";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { HOST_WITHOUT_HTTPS, PASSWORD, type Stage, setStage, signIn } from "./stage.ts";

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test("a wrong password is refused in words, and what was typed stays", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(stage.attendee.email);
  await page.getByLabel("Password").fill("not this one");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("does not match").waitFor();
  expect(await page.getByLabel("E-mail address").inputValue()).toBe(stage.attendee.email);
  expect(await page.getByLabel("Password").inputValue()).toBe("not this one");
  expect(visit.trouble).toEqual([]);
});

test("an empty form names what is missing and goes there", async () => {
  await using visit = await stage.visit({ locale: "ja" });
  const { page } = visit;
  await page.goto("/sign-in");
  await page.getByLabel("メールアドレス").fill("someone@example.test");
  await page.getByRole("button", { name: "ログイン" }).click();
  await page.getByText("パスワードを入力してください。").waitFor();
  const password = page.getByLabel("パスワード");
  await password.and(page.locator(":focus")).waitFor();
  expect(await password.getAttribute("aria-invalid")).toBe("true");
});

test("a person goes on to where they wanted to go, and nowhere else", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  await page.goto("/registrations?when=past");
  await page.waitForURL("**/sign-in?to=%2Fregistrations%3Fwhen%3Dpast");
  await fillIn(page);
  await page.waitForURL("**/registrations?when=past");

  await using other = await stage.visit({ locale: "en" });
  await other.page.goto("/sign-in?to=//evil.example/x");
  await fillIn(other.page);
  await other.page.locator("#list-title").waitFor();
  expect(new URL(other.page.url()).origin).toBe(stage.url);
});

test("a session outlives a reload, and no storage holds a token", async () => {
  await using visit = await stage.visit({ as: stage.attendee });
  const { page, context } = visit;
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().includes("auth.refresh")),
    page.reload(),
  ]);
  await page.locator("#list-title").waitFor();
  const { accessToken } = (await answer.json()).result.data;
  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
  );
  const [cookie] = await context.cookies();
  expect(accessToken.length).toBeGreaterThan(40);
  expect(stored).not.toContain(accessToken);
  expect(stored).not.toContain(cookie?.value);
  expect(cookie).toMatchObject({
    name: "__Host-rt",
    httpOnly: true,
    secure: true,
    sameSite: "Strict",
  });
  expect(await page.evaluate("document.cookie")).toBe("");
  expect(visit.trouble).toEqual([]);
});

test("five tabs that wake together renew one after the other and all stay signed in", async () => {
  await using visit = await stage.visit({ as: stage.attendee });
  const { page, context } = visit;
  const tabs = await Promise.all(Array.from({ length: 4 }, () => context.newPage()));
  let underWay = 0;
  let most = 0;
  for (const tab of [page, ...tabs]) {
    await tab.route("**/trpc/auth.refresh", async (route) => {
      underWay += 1;
      most = Math.max(most, underWay);
      const answer = await route.fetch();
      await route.fulfill({ response: answer });
      underWay -= 1;
    });
  }
  await Promise.all([page, ...tabs].map((tab) => tab.goto("/")));
  await Promise.all([page, ...tabs].map((tab) => tab.locator("#list-title").waitFor()));
  expect(most).toBe(1);
  expect(visit.trouble).toEqual([]);
});

test("signing out ends it in every tab", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page, context } = visit;
  const other = await context.newPage();
  await other.goto("/registrations");
  await other.getByRole("heading", { name: "My registrations" }).waitFor();
  await page.getByRole("button", { name: "Menu of Mark Adler" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await other.waitForURL("**/sign-in?to=%2Fregistrations");
  await page.goto("/");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(await context.cookies()).toEqual([]);
});

test("an access token that the server no longer takes is renewed, and the call made again", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  let refused = 0;
  await page.route("**/trpc/registrations.listMine**", async (route) => {
    refused += 1;
    const headers = { ...route.request().headers() };
    if (refused === 1) headers.authorization = "Bearer expired";
    await route.continue({ headers });
  });
  const renewed = page.waitForRequest((request) => request.url().includes("auth.refresh"));
  await page.getByRole("link", { name: "My registrations" }).click();
  await renewed;
  await page.getByRole("heading", { name: "Nothing coming up" }).waitFor();
  expect(refused).toBe(2);
});

test("a session that has ended leads to the door and back to the same page", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page, context } = visit;
  await context.clearCookies();
  await page.goto("/?category=training");
  await page.waitForURL("**/sign-in?to=%2F%3Fcategory%3Dtraining");
  await fillIn(page);
  await page.waitForURL("**/?category=training");
});

test("without HTTPS the door says that a sign-in ends with the page", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  const { port } = new URL(stage.url);
  const base = `http://${HOST_WITHOUT_HTTPS}:${port}`;
  await page.goto(`${base}/sign-in`);
  await page.getByText("you stay signed in only until you reload").waitFor();
  await page.getByLabel("E-mail address").fill(stage.attendee.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.locator("#list-title").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
});

test("language and light are remembered, set before the first paint, and told to the server", async () => {
  const person = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as: person });
  const { page } = visit;
  const told = page.waitForResponse((response) => response.url().includes("auth.setLocale"));
  await page.getByRole("button", { name: "日本語" }).click();
  await page.getByRole("heading", { name: "これからのイベント", exact: true }).waitFor();
  expect((await told).ok()).toBe(true);
  await page.getByRole("button", { name: /のメニュー$/ }).click();
  await page.getByRole("menuitemradio", { name: "ダーク" }).click();
  await vi.waitFor(
    async () => expect(await page.locator("html").getAttribute("data-theme")).toBe("dark"),
    10_000,
  );
  await page.goto("/", { waitUntil: "commit" });
  await page.locator("#app").waitFor({ state: "attached" });
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  expect(await page.locator("html").getAttribute("lang")).toBe("ja");
  await page.getByRole("heading", { name: "これからのイベント", exact: true }).waitFor();
  expect(visit.trouble).toEqual([]);
});

test("a server that cannot be reached is no sign-out: it says so, and goes on when it is back", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await page.route("**/trpc/**", (route) => route.abort("connectionrefused"));
  await page.reload();
  await page.getByRole("heading", { name: "We cannot reach the server." }).waitFor();
  await page.unroute("**/trpc/**");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("#list-title").waitFor();
});

test("a renewal whose answer is lost is asked for again in time: nobody is signed out", async () => {
  const person = await stage.newPerson({ locale: "en" });
  await using visit = await stage.visit({ locale: "en", as: person });
  const { page } = visit;
  let asked = 0;
  await page.route("**/trpc/auth.refresh", async (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    // Not by the browser, which would take in the cookie of the answer that is to be lost.
    const { cookie = "" } = await route.request().allHeaders();
    const headers = { cookie, "x-csrf": "1", "content-type": "application/json" };
    const url = route.request().url();
    expect((await fetch(url, { method: "POST", headers, body: "{}" })).ok).toBe(true);
  });
  await page.reload();
  await page.locator("#list-title").waitFor();
  expect(asked).toBe(2);
  const kept = await stage.ctx.db
    .select({ userId: sessions.userId, revokedAt: sessions.revokedAt })
    .from(sessions);
  expect(kept.filter(({ userId }) => userId === person.id)).toEqual([
    { userId: person.id, revokedAt: null },
  ]);
});

test("someone who signs in in another tab is shown in this one too, and it says so", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  const other = await twoPeople(visit);
  await other.getByRole("button", { name: "Menu of Mark Adler" }).waitFor();
  await page.getByText("Mark Adler has signed in in another tab.").waitFor();
  await page.getByRole("button", { name: "Menu of Mark Adler" }).waitFor();
  expect(await page.getByRole("link", { name: "Organise" }).count()).toBe(0);
  await page.getByRole("button", { name: "Close" }).click();
  expect(await page.getByText("in another tab").count()).toBe(0);
  expect(visit.trouble).toEqual([]);
});

test("a click of one person is never made as another one, of whom the tab had not heard", async () => {
  await using visit = await stage.visit({ locale: "en" });
  const { page } = visit;
  await page.addInitScript("delete globalThis.BroadcastChannel");
  const event = await anEvent(stage.ctx, stage.organizer);
  await twoPeople(visit);
  await page.getByRole("link", { name: "A test event" }).click();
  let sent = 0;
  await page.route("**/trpc/registrations.register", async (route) => {
    sent += 1;
    await route.continue({
      headers: { ...route.request().headers(), authorization: "Bearer expired" },
    });
  });
  await page.getByRole("button", { name: "Register" }).click();
  await page.getByText("Mark Adler has signed in in another tab.").waitFor();
  await page.getByRole("button", { name: "Menu of Mark Adler" }).waitFor();
  expect(sent).toBe(1);
  const booked = await stage.ctx.db.select({ of: registrations.eventId }).from(registrations);
  expect(booked.filter(({ of }) => of === event.id)).toEqual([]);
});

/** An organiser signs in in the first tab, the attendee in a second one that was at the door before. */
async function twoPeople(visit: { page: Page; context: BrowserContext }): Promise<Page> {
  const other = await visit.context.newPage();
  await other.goto("/sign-in");
  await other.locator("[name=email]").waitFor();
  const first = await stage.newPerson({
    role: "organizer",
    familyName: "Sato",
    givenName: "Megumi",
    locale: "en",
  });
  await signIn(visit.page, first);
  await visit.page.getByRole("button", { name: "Menu of Megumi Sato" }).waitFor();
  await fillIn(other);
  await other.locator("#list-title").waitFor();
  return other;
}

async function fillIn(page: Page): Promise<void> {
  await page.locator("[name=email]").fill(stage.attendee.email);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.locator("[name=password]").press("Enter");
}
