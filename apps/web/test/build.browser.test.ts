import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { anEvent } from "@tsudoi/core/test/builders.ts";
import { call, tokenFor } from "@tsudoi/core/test/call.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DIST, type Stage, setStage, withoutStream } from "./stage.ts";

const BUDGET_BYTES = 165_000;

type Chunk = { file: string; isEntry?: boolean; imports?: string[] };
const manifest: Record<string, Chunk> = JSON.parse(
  readFileSync(`${DIST}.vite/manifest.json`, "utf8"),
);

let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

test.each(["ja", "en"])("sign-in and list with one language stay within 165 KB: %s", (locale) => {
  const entry = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
  const files = filesOf([...entry, "src/auth/sign-in-page.tsx", `src/texts/${locale}.ts`]);
  const sizes = [...files].map((file) => gzipSync(readFileSync(DIST + file)).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(BUDGET_BYTES);
});

test("a person who signs in and sees the list has loaded no more than that", async () => {
  await using visit = await stage.visit({ locale: "ja" });
  const { page } = visit;
  const loaded = new Set<string>();
  page.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.endsWith(".js")) loaded.add(pathname.slice(1));
  });
  await page.goto("/sign-in");
  await page.locator("[name=email]").fill(stage.organizer.email);
  await page.locator("[name=password]").fill("correct horse battery");
  await page.locator("[name=password]").press("Enter");
  await page.locator(".empty").waitFor();
  const scripts = [...loaded].map((file) => gzipSync(readFileSync(DIST + file)).length);
  expect([...loaded].some((file) => file.startsWith("assets/en-"))).toBe(false);
  expect(scripts.reduce((sum, size) => sum + size, 0)).toBeLessThan(BUDGET_BYTES);
});

test("no text of the page is written into the scripts of another language", () => {
  const [japanese] = filesOf(["src/texts/ja.ts"]);
  const rest = Object.values(manifest).filter(
    ({ file }) => file.endsWith(".js") && file !== japanese,
  );
  const scripts = rest.map(({ file }) => readFileSync(DIST + file, "utf8"));
  expect(scripts.filter((script) => script.includes("これからのイベント"))).toEqual([]);
});

test("no page loads the library of the schemas: the API judges what is sent", () => {
  const scripts = Object.values(manifest).filter(({ file }) => file.endsWith(".js"));
  const schemas = scripts.filter(({ file }) => readFileSync(DIST + file, "utf8").includes("_zod"));
  expect(schemas).toEqual([]);
});

test("nothing moves while a page fills", async () => {
  const event = await anEvent(stage.ctx, stage.organizer);
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  const token = await tokenFor(stage.system.tokens, stage.attendee);
  await call(stage.url, ["registrations.register", { eventId: event.id }], { token });
  await withoutStream(page);
  await page.addInitScript(`
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries())
        shifts.push([value, ...sources.map(({ node }) => node?.className)]);
    }).observe({ type: "layout-shift", buffered: true });
  `);
  for (const [path, ready] of [
    ["/", ".event-card"],
    [`/events/${event.id}`, ".registration-ticket"],
    ["/registrations", ".registration-row"],
  ] as const) {
    await page.goto(path);
    await page.locator(ready).first().waitFor();
    await page.waitForLoadState("networkidle");
    const shifts: [number, string][] = await page.evaluate("shifts");
    const moved = shifts.reduce((sum, [share]) => sum + share, 0);
    expect(moved, `${path}: ${JSON.stringify(shifts)}`).toBeLessThan(0.001);
  }
});

test("nor when the face of its letters comes, however late", async () => {
  const event = await anEvent(stage.ctx, stage.organizer);
  const token = await tokenFor(stage.system.tokens, stage.attendee);
  await call(stage.url, ["registrations.register", { eventId: event.id }], { token });
  for (const [path, ready] of [
    ["/sign-in", "[name=email]"],
    ["/", ".next-ticket"],
    [`/events/${event.id}`, ".registration-ticket"],
    ["/registrations", ".registration-row"],
  ] as const) {
    await using visit = await stage.visit({
      locale: "en",
      ...(path === "/sign-in" ? {} : { as: stage.attendee }),
    });
    const { page } = visit;
    const come = Promise.withResolvers<void>();
    await page.route("**/*.woff2", async (route) => {
      await come.promise;
      await route.continue();
    });
    // The page counts as loaded once its face is there.
    await page.goto(path, { waitUntil: "commit" });
    await page.locator(ready).first().waitFor();
    expect(await page.evaluate("document.fonts.status")).toBe("loading");
    await page.evaluate(`
      globalThis.risen = [];
      new PerformanceObserver((list) => {
        for (const { node, previousRect, currentRect } of list.getEntries().flatMap(({ sources }) => sources))
          if (previousRect.y !== currentRect.y) risen.push(node?.textContent);
      }).observe({ type: "layout-shift" });
    `);
    come.resolve();
    await page.evaluate(`document.fonts.ready.then(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(drawn))))
    )`);
    expect(await page.evaluate("risen"), path).toEqual([]);
  }
});

test("a newer build is offered, not forced", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  await page.route("**/version.json", (route) => route.fulfill({ json: { build: "newer" } }));
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.getByText("A newer version is available.").waitFor();
  await page.unroute("**/version.json");
  await Promise.all([
    page.waitForEvent("load"),
    page.getByRole("button", { name: "Reload" }).click(),
  ]);
  await page.locator("#list-title").waitFor();
  await Promise.all([
    page.waitForResponse("**/version.json"),
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))"),
  ]);
  expect(await page.getByText("A newer version is available.").count()).toBe(0);
});

test("a part that is gone after a release offers the newer build", async () => {
  await using visit = await stage.visit({ locale: "en", as: stage.attendee });
  const { page } = visit;
  const part = "**/assets/my-registrations-page-*.js";
  await page.route(part, (route) => route.fulfill({ status: 404 }));
  await page.route("**/version.json", (route) => route.fulfill({ json: { build: "newer" } }));
  const link = page.getByRole("link", { name: "My registrations" });
  await link.hover();
  await page.getByText("A newer version is available.").waitFor();
  await page.unroute(part);
  await link.click();
  await page.getByRole("heading", { name: "My registrations" }).waitFor();
});

/** A chunk and everything it needs before it runs. */
function filesOf(names: string[], found = new Set<string>()): Set<string> {
  for (const name of names) {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the build`);
    if (found.has(chunk.file)) continue;
    found.add(chunk.file);
    filesOf(chunk.imports ?? [], found);
  }
  return found;
}
