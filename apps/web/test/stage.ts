import { createDatabase } from "@tsudoi/core/db/client.ts";
import type { Context } from "@tsudoi/core/db/context.ts";
import { hashPassword } from "@tsudoi/core/platform/passwords.ts";
import { contextOn } from "@tsudoi/core/test/bed.ts";
import { anOrganization, aUser, type TestUser } from "@tsudoi/core/test/builders.ts";
import { findTool } from "@tsudoi/core/test/services/tools.ts";
import { startSystem, type TestSystem } from "@tsudoi/core/test/system.ts";
import type { Locale } from "@tsudoi/shared/text.ts";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";

export const PASSWORD = "correct horse battery";
export const HOST_WITHOUT_HTTPS = "tsudoi.test";
export const DIST = new URL("../dist/", import.meta.url).pathname;

export type Stage = AsyncDisposable & {
  system: TestSystem;
  ctx: Context;
  url: string;
  browser: Browser;
  organizationId: string;
  organizer: TestUser;
  attendee: TestUser;
  /** Someone else who can sign in. */
  newPerson: (given: Partial<TestUser>) => Promise<TestUser>;
  /** A browser of its own, as one person has it. */
  visit: (options?: VisitOptions) => Promise<Visit>;
};

export type VisitOptions = {
  locale?: Locale;
  theme?: "light" | "dark";
  phone?: boolean;
  timeZone?: string;
  reducedMotion?: boolean;
  /** Who is signed in already. */
  as?: TestUser;
  /** Where they begin; the list, unless this says another page. */
  at?: string;
};

export type Visit = AsyncDisposable & {
  page: Page;
  context: BrowserContext;
  /** Broken rules and bugs; refusals that a test asked for are no trouble. */
  trouble: string[];
};

/** The whole system with its SPA, two people who can sign in, and a browser. */
export async function setStage(): Promise<Stage> {
  await using cleanUp = new AsyncDisposableStack();
  const system = cleanUp.use(
    await startSystem({ workers: 1, env: { WEB_DIR: DIST, RATE_LIMITS: "off" } }),
  );
  const browser = cleanUp.adopt(await launchBrowser(), (opened) => opened.close());
  const database = cleanUp.use(
    createDatabase({ url: system.databaseUrl, max: 2, applicationName: "test" }),
  );
  const ctx = contextOn(database);
  const url = toLocalhost(system.apis[0]?.url ?? "");
  const organizationId = await anOrganization(ctx);
  const passwordHash = await hashPassword(PASSWORD);
  const newPerson = (given: Partial<TestUser>) =>
    aUser(ctx, { organizationId, passwordHash, ...given });
  const organizer = await newPerson({
    role: "organizer",
    familyName: "佐藤",
    givenName: "恵",
    locale: "ja",
  });
  const attendee = await newPerson({ familyName: "Adler", givenName: "Mark", locale: "en" });
  const owned = cleanUp.move();
  return {
    system,
    ctx,
    url,
    browser,
    organizationId,
    organizer,
    attendee,
    newPerson,
    visit: (options = {}) => visit({ browser, url }, options),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await findTool("chromium"),
    args: [
      // Chromium refuses its sandbox to root.
      "--no-sandbox",
      `--host-resolver-rules=MAP ${HOST_WITHOUT_HTTPS} 127.0.0.1`,
    ],
  });
}

/** Browsers keep secure cookies for localhost, whatever the address behind it. */
function toLocalhost(url: string): string {
  const { port } = new URL(url);
  return `http://localhost:${port}`;
}

const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
} as const;
const DESK = { viewport: { width: 1280, height: 900 } } as const;

async function visit(
  { browser, url }: Pick<Stage, "browser" | "url">,
  options: VisitOptions,
): Promise<Visit> {
  const { locale = "ja", theme = "light", timeZone = "Asia/Tokyo" } = options;
  const context = await browser.newContext({
    ...(options.phone ? PHONE : DESK),
    baseURL: url,
    locale: locale === "ja" ? "ja-JP" : "en-GB",
    timezoneId: timeZone,
    colorScheme: theme,
    reducedMotion: options.reducedMotion === false ? "no-preference" : "reduce",
  });
  const page = await context.newPage();
  const trouble = watch(page);
  if (options.as) {
    await arrive(context, options.as, locale);
    await page.goto(options.at ?? "/");
    if (options.at === undefined) await page.locator("#list-title").waitFor();
  }
  return { page, context, trouble, [Symbol.asyncDispose]: () => context.close() };
}

/** What signing in leaves in a browser: the cookie, and the person's language where it is another. */
async function arrive(context: BrowserContext, user: TestUser, spoken: Locale): Promise<void> {
  const data = { email: user.email, password: PASSWORD };
  const answer = await context.request.post("/trpc/auth.signIn", { data });
  if (!answer.ok()) throw new Error(`${user.email} could not sign in: ${answer.status()}`);
  if (user.locale === spoken) return;
  await context.addInitScript(
    `if (origin !== "null") localStorage.locale ??= ${JSON.stringify(user.locale)};`,
  );
}

export async function signIn(page: Page, user: TestUser): Promise<void> {
  await page.goto("/sign-in");
  await page.locator("[name=email]").fill(user.email);
  await page.locator("[name=password]").fill(PASSWORD);
  await page.locator("[name=password]").press("Enter");
  await page.locator("#list-title").waitFor();
}

/** Without its stream of seats a page's network comes to rest. */
export function withoutStream(page: Page): Promise<unknown> {
  return page.route("**/trpc/events.watch*", (route) => route.abort());
}

function watch(page: Page): string[] {
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() !== "error" || text.startsWith("Failed to load resource")) return;
    trouble.push(text);
  });
  return trouble;
}
