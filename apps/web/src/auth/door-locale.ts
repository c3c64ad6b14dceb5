import type { Locale } from "@tsudoi/shared/text.ts";

const KEY = "door-locale";

/** The language that was chosen in this tab before anybody signed in; the next person's tab does not have it. */
export function rememberAtDoor(locale: Locale): void {
  try {
    sessionStorage.setItem(KEY, locale);
  } catch {
    return;
  }
}

/** Gives the choice once. */
export function takeFromDoor(): string | null {
  try {
    const chosen = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return chosen;
  } catch {
    return null;
  }
}
