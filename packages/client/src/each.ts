export type Page = { items: unknown[]; nextCursor: string | null };

/** Every item once, page after page, fetching one only when it is reached. */
export async function* each(
  fetchPage: (cursor: string | undefined) => Promise<Page>,
): AsyncGenerator<unknown, void, undefined> {
  let cursor: string | undefined;
  do {
    const { items, nextCursor } = await fetchPage(cursor);
    yield* items;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}
