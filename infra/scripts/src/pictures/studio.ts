import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findTool } from "@tsudoi/core/test/services/tools.ts";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { PASSWORD, TIME_ZONE } from "#scripts/demo/organization.ts";
import type { DemoPlaces } from "./demo-places.ts";
import type { PicturePage } from "./pages.ts";

const SCREENS = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: {
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  },
} as const;

export type Setting = {
  /** The end of the names of its pictures. */
  name: string;
  locale: "ja" | "en";
  screen: keyof typeof SCREENS;
  theme: "light" | "dark";
};

export const SETTINGS: readonly Setting[] = [
  setting("ja", "desk", "light"),
  setting("en", "desk", "light"),
  setting("ja", "phone", "light"),
  setting("en", "phone", "light"),
  setting("ja", "phone", "dark"),
  setting("en", "desk", "dark"),
];

function setting(
  locale: Setting["locale"],
  screen: Setting["screen"],
  theme: Setting["theme"],
): Setting {
  const name = `${locale}-${screen}${theme === "dark" ? "-dark" : ""}`;
  return { name, locale, screen, theme };
}

/** Whether there is such a picture of a page: the dark ones are a few. */
export function isTaken({ only, alsoDark }: PicturePage, { screen, theme }: Setting): boolean {
  return (only ?? screen) === screen && (theme === "light" || alsoDark === true);
}

export function pictureFile({ name }: PicturePage, setting: Setting): string {
  return `${name}-${setting.name}.png`;
}

export type Studio = AsyncDisposable & {
  takeAll: (pages: readonly PicturePage[], setting: Setting) => Promise<void>;
};

type Room = { url: string; places: DemoPlaces; folder: string };

export async function openStudio({ url, places, folder }: Room): Promise<Studio> {
  const browser = await chromium.launch({
    executablePath: await findTool("chromium"),
    // Chromium refuses its sandbox to root.
    args: ["--no-sandbox"],
  });
  return {
    async takeAll(pages, setting) {
      const wanted = pages.filter((page) => isTaken(page, setting));
      for (const [person, theirs] of Map.groupBy(wanted, (page) => page.as)) {
        await using context = await openContext(browser, { url, setting });
        if (person !== undefined) await signIn(context, person);
        for (const page of theirs) {
          await writeFile(
            join(folder, pictureFile(page, setting)),
            await take(context, page, places),
          );
        }
      }
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function openContext(
  browser: Browser,
  { url, setting }: { url: string; setting: Setting },
): Promise<BrowserContext> {
  const { locale, screen, theme } = setting;
  const context = await browser.newContext({
    ...SCREENS[screen],
    baseURL: url,
    locale: locale === "ja" ? "ja-JP" : "en-GB",
    timezoneId: TIME_ZONE,
    colorScheme: theme,
    reducedMotion: "reduce",
  });
  // Whatever language the person of the demo has chosen.
  await context.addInitScript(`localStorage.locale = ${JSON.stringify(locale)};`);
  return context;
}

async function take(
  context: BrowserContext,
  wanted: PicturePage,
  places: DemoPlaces,
): Promise<Buffer> {
  const page = await context.newPage();
  await page.goto(wanted.at(places));
  await page.locator(wanted.ready).first().waitFor();
  await settle(page);
  if (wanted.prepare) {
    await wanted.prepare(page);
    await page.mouse.move(0, 0);
    await settle(page);
  }
  const picture = await page.screenshot({ animations: "disabled" });
  await page.close();
  return compact(picture);
}

async function signIn(context: BrowserContext, mailbox: string): Promise<void> {
  const data = { email: `${mailbox}@demo.test`, password: PASSWORD };
  const answer = await context.request.post("/trpc/auth.signIn", { data });
  if (!answer.ok()) throw new Error(`${data.email} could not sign in: ${answer.status()}`);
}

const DRAWN = `Promise.all([
  document.fonts.ready,
  ...[...document.images]
    .filter((image) => image.getBoundingClientRect().top < innerHeight)
    .map((image) => image.decode()),
]).then(() => undefined)`;

/** Nothing is on its way any more: no part, no font, no picture. */
async function settle(page: Page): Promise<void> {
  await page.locator(".skeleton").first().waitFor({ state: "detached" });
  await page.evaluate(DRAWN);
}

const COLOURS = 128;

/** What it shows needs no more colours, and a third of the bytes. */
function compact(png: Buffer): Promise<Buffer> {
  return sharp(png).png({ palette: true, colours: COLOURS, effort: 10 }).toBuffer();
}
