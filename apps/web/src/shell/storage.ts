/** What a device remembers: choices of looks, never anything secret. */
type Key = "locale" | "theme" | "shortcuts";

/** Browsers may refuse storage; a choice then lasts until reload. */
export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

export function recall(key: Key): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
