import type { Lot } from "@tsudoi/shared/draws.ts";
import { MAX_PAGE } from "@tsudoi/shared/paging.ts";
import { toProblem } from "#web/problems/problem.ts";

type Ask = (input: { eventId: string; limit: number; cursor?: string }) => Promise<LotPage>;
type LotPage = { items: Lot[]; nextCursor: string | null };

/** The whole order, page by page: one of a hundred thousand is longer than a minute's calls, and is read in several. */
export async function readLots(
  ask: Ask,
  eventId: string,
  onRead: (count: number) => void,
): Promise<Lot[]> {
  const lots: Lot[] = [];
  let cursor: string | null = null;
  do {
    const input = { eventId, limit: MAX_PAGE, ...(cursor === null ? {} : { cursor }) };
    const page: LotPage = await patiently(() => ask(input));
    lots.push(...page.items);
    onRead(lots.length);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lots;
}

/** Who is told to come back later does, once for each page. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const { reason, retryAfterMs } = toProblem(error);
    if (reason !== "RATE_LIMITED" || retryAfterMs === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    return ask();
  }
}
