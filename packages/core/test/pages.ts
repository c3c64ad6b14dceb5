type Page = { items: { id: string }[]; nextCursor: string | null };

/** The ids of every page, one after the other; `between` happens before each next one. */
export async function everyId(
  read: (from: { cursor?: string }) => Promise<Page>,
  between = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  let from: { cursor?: string } = {};
  for (;;) {
    const { items, nextCursor } = await read(from);
    ids.push(...items.map((item) => item.id));
    if (nextCursor === null) return ids;
    from = { cursor: nextCursor };
    await between();
  }
}
