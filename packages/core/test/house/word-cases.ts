import type { HouseCase } from "./house-case.ts";

const GLOSSARY = `# Contributing

## Words

| thing | 日本語 | not | English | not |
|---|---|---|---|---|
| a place | 申込 | 申込み、予約 | registration | booking, sign-up |
| waiting | キャンセル待ち | 順番待ち | waitlist | queue, in line |
| its end | 取り消し | キャンセル | cancel | turn down |

## Later

| thing | 席 | 座席 | seat | chair |
`;
const TEXTS = "apps/web/src/texts/en.ts";
const LETTER = "packages/core/src/notifications/letters/offer.ts";
const inTexts = (source: string) => ({ "CONTRIBUTING.md": GLOSSARY, [TEXTS]: source });
const inLetter = (source: string) => ({ "CONTRIBUTING.md": GLOSSARY, [LETTER]: source });

export const WORD_CASES: HouseCase[] = [
  {
    title: "texts say the words",
    lawful: {
      "CONTRIBUTING.md": GLOSSARY,
      [TEXTS]: [
        "// the queue is a comment, and so is its `booking`",
        'import { waitIn } from "./queue.ts";',
        "export const queue = {",
        '  queue: "申込はキャンセル待ちです",',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a source that is read, not run.
        "  many: (queue: number) => `${queue(queue)} on the waitlist, 座席 and a chair`,",
        '  is: kind === "queue" ? "one" : "more",',
        '  "booking": "Registered, and cancelled",',
        "};",
      ].join("\n"),
      [LETTER]: 'const order: "queue" | "number" = sort("queue", "by.queue");',
      "packages/core/src/events/list.ts": 'const by = { order: "The queue of a booking" };',
      "packages/core/src/events/list.test.ts": 'expect(it).toBe("予約");',
    },
    broken: {
      "a string": inTexts('export const en = { a: { b: "Your booking" } };'),
      "a label of one word": inTexts('const en = { tab: "queue" };'),
      "a word at the start, in the plural": inTexts('const en = { tab: "Bookings" };'),
      "words with a mark between": inTexts('const en = { tab: "A sign-up" };'),
      "a form of a verb": inTexts('const en = { tab: "3 queued" };'),
      "one side of a choice": inTexts('const en = { t: (n) => (n === 0 ? "No queue" : "Some") };'),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a source that is read, not run.
      "a template": inTexts("const en = { t: (n) => `${n} in line` };"),
      "a string within a template": inTexts(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a source that is read, not run.
        'const en = { t: (n) => `${count(n, { one: `a ${"queue"}` })} left` };',
      ),
      "the end of a template": inTexts(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a source that is read, not run.
        "const en = { t: (n) => `${count(n, { one: 1 })} wait in the queue` };",
      ),
      "what follows a template": inTexts(
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a source that is read, not run.
        'const en = { t: (n) => `${n}`, u: "a queue" };',
      ),
      Japanese: inTexts('const ja = { t: "順番待ちです" };'),
      "a longer word than the right one": inTexts('const ja = { t: "申込みです" };'),
      "a part of a right word by itself": inTexts(
        'const ja = { t: "キャンセル待ちのキャンセル" };',
      ),
      "a letter": inLetter('const TEXTS = { body: "Thank you for your booking." };'),
      "Japanese anywhere": {
        "CONTRIBUTING.md": GLOSSARY,
        "apps/web/src/ui/logo.tsx": 'export const a = "予約";',
      },
      "no glossary": {
        "CONTRIBUTING.md": "# Contributing\n",
        [TEXTS]: 'const en = { t: "Seat" };',
      },
    },
  },
];
