import type { Page } from "playwright-core";

/** A wrong field tells its own problem, and the list of them tells it too; what is only heard is not read. */
const BY_THEMSELVES = ".visually-hidden, .field-error, .answers-wrong";

/** The sentences that one reads twice on a page. */
export function findRepeats(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const read = [...document.body.querySelectorAll("*")]
      .filter((part) => part.checkVisibility() && !part.closest("${BY_THEMSELVES}"))
      .map((part) => [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
      .map((nodes) => nodes.map((node) => node.data).join("").trim())
      .flatMap((text) => text.split(/(?<=。)|(?<=\\.)\\s/))
      .map((sentence) => sentence.trim())
      .filter((sentence) => /[^0-9 ]{4,}[。.]$/.test(sentence));
    return [...new Set(read.filter((sentence, index) => read.indexOf(sentence) !== index))];
  })()`);
}
