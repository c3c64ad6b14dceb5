import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const RULES = [...WCAG, "best-practice"];

type AxeResult = {
  violations: { id: string; nodes: { target: unknown; any: { message: string }[] }[] }[];
};

/** What axe finds, each with the first place it is found at. */
export async function findBarriers(page: Page, rules = RULES): Promise<string[]> {
  await page.evaluate(AXE);
  const found: AxeResult = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(rules)}, resultTypes: ["violations"] })`,
  );
  return found.violations.map(({ id, nodes }) => {
    const [node] = nodes;
    return `${id} at ${String(node?.target)} (${nodes.length}): ${node?.any[0]?.message ?? ""}`;
  });
}

/** How far the page sticks out to the right. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate("Math.max(0, document.documentElement.scrollWidth - innerWidth)");
}
