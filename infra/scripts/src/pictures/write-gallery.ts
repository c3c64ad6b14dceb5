import { readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PicturePage } from "./pages.ts";
import { isTaken, pictureFile, SETTINGS, type Setting } from "./studio.ts";

const HEAD = `# Pictures / 画面

Every page of the attendees and of the organisers in the demo, in both languages, on a desk and on a phone. Written by \`npm run pictures\`.

デモのデータで見る、参加者と主催者のすべての画面です。日本語と英語、パソコンとスマートフォンの両方があります。\`npm run pictures\` で作られます。
`;
const WIDTHS = { desk: 420, phone: 190 };

/** The page that shows them all; pictures of pages that are no more go. */
export async function writeGallery(folder: string, pages: readonly PicturePage[]): Promise<void> {
  const taken = pages.flatMap((page) =>
    settingsOf(page).map((setting) => pictureFile(page, setting)),
  );
  const found = (await readdir(folder)).filter((name) => name.endsWith(".png"));
  await Promise.all(
    found.filter((name) => !taken.includes(name)).map((name) => rm(join(folder, name))),
  );
  await writeFile(join(folder, "README.md"), [HEAD, ...pages.map(sectionOf)].join("\n"));
}

function settingsOf(page: PicturePage): Setting[] {
  return SETTINGS.filter((setting) => isTaken(page, setting));
}

function sectionOf(page: PicturePage): string {
  const { ja, en } = page.caption;
  const images = settingsOf(page).map((setting) => imageOf(page, setting));
  return `## ${en} / ${ja}\n\n${images.join("\n")}\n`;
}

function imageOf(page: PicturePage, setting: Setting): string {
  const file = pictureFile(page, setting);
  const alt = page.caption[setting.locale];
  return `<a href="${file}"><img src="${file}" width="${WIDTHS[setting.screen]}" alt="${alt}"></a>`;
}
