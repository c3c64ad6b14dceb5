import { matchesGlob } from "node:path/posix";
import { literals } from "./literals.ts";
import { sources, type Tree } from "./tree.ts";

const GLOSSARY = "CONTRIBUTING.md";
/** Japanese is read by people wherever it stands; English is, in these, and is code elsewhere. */
const READ_BY_PEOPLE = [
  "apps/web/src/texts/**",
  "packages/core/src/notifications/letters/**",
  "packages/core/src/calendars/{calendar-feed,entry-facts}.ts",
  "packages/core/src/registrations/export-words.ts",
  "infra/scripts/src/demo/{*-events,*-questions}.ts",
];
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** `"organizer"` is a name in all places but the tables of texts, where it would be a label. */
const NAME = /^[a-z][\w.:/-]*$/;

type Language = { words: RegExp; rightOf: ReadonlyMap<string, string> };

/** The glossary's table wins: whatever it says a thing is not called is in no text. */
export function textsSayTheWords(tree: Tree): string[] {
  const texts = ["apps/", "packages/", "infra/"].flatMap((folder) => sources(tree, folder));
  if (texts.length === 0) return [];
  const { ja, en } = readGlossary(tree);
  if (ja.rightOf.size === 0) return [`${GLOSSARY} has no table of words`];
  return texts
    .filter((path) => path.includes("/src/"))
    .flatMap((path) => {
      const isRead = READ_BY_PEOPLE.some((place) => matchesGlob(path, place));
      return literals(tree.text(path)).flatMap(({ key, text }) =>
        [
          ...(JAPANESE.test(text) ? wrongWords(text, ja) : []),
          ...(isRead && !isName(path, text) ? wrongWords(text, en) : []),
        ].map(([wrong, right]) => `${path} ${key}: "${wrong}" is "${right}" in "${text}"`),
      );
    });
}

function isName(path: string, text: string): boolean {
  return NAME.test(text) && !path.startsWith("apps/web/src/texts/");
}

/** Longest first, so that what is right may hold a shorter word that is wrong by itself. */
function wrongWords(text: string, { words, rightOf }: Language): [wrong: string, right: string][] {
  return [...text.matchAll(words)].flatMap(([found, word = found]) => {
    const right = rightOf.get(word.toLowerCase());
    return right === undefined ? [] : [[found, right]];
  });
}

function readGlossary(tree: Tree): { ja: Language; en: Language } {
  const section = /^## Words$(.*?)(?=^## |$(?![\s\S]))/ms.exec(
    tree.has(GLOSSARY) ? tree.text(GLOSSARY) : "",
  );
  const rows = [...(section?.[1] ?? "").matchAll(/^\|(.+)\|$/gm)]
    .slice(2)
    .map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
  const pairs = (right: number, wrong: number, comma: string) =>
    rows.map((row) => [split(row[right], comma), split(row[wrong], comma)] as const);
  return {
    ja: languageOf(pairs(1, 2, "、"), (words) => new RegExp(`(${words})`, "g")),
    en: languageOf(
      pairs(3, 4, ","),
      (words) => new RegExp(`\\b(${words})(?:s|es|d|ed|ing)?\\b`, "gi"),
    ),
  };
}

function languageOf(
  pairs: (readonly [right: string[], wrong: string[]])[],
  patternOf: (words: string) => RegExp,
): Language {
  const words = pairs.flatMap(([right, wrong]) => [...right, ...wrong]);
  words.sort((a, b) => b.length - a.length);
  const rightOf = pairs.flatMap(([right, wrong]) =>
    wrong.map((word) => [word.toLowerCase(), right.join(", ")] as const),
  );
  return { words: patternOf(words.join("|")), rightOf: new Map(rightOf) };
}

function split(cell: string | undefined, comma: string): string[] {
  return (cell ?? "")
    .split(comma)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
