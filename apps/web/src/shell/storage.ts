/** What a device remembers: choices of looks, never anything secret. */
export const deviceMemory = createMemory<"locale" | "theme" | "shortcuts">(() => localStorage);

/** What a tab remembers until it is closed: what somebody has begun in it. */
export const tabMemory = createMemory<
  "door-locale" | "tsudoi-draft" | `tsudoi-draft:${string}` | `tsudoi-answers:${string}`
>(() => sessionStorage);

/** Browsers may refuse storage; a choice then lasts until reload. */
function createMemory<Key extends string>(open: () => Storage) {
  return {
    remember(key: Key, value: string): void {
      try {
        open().setItem(key, value);
      } catch {
        return;
      }
    },
    recall(key: Key): string | null {
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    forget(key: Key): void {
      try {
        open().removeItem(key);
      } catch {
        return;
      }
    },
  };
}
