import { deviceMemory } from "./storage.ts";

export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

const device = matchMedia("(prefers-color-scheme: dark)");

export function currentTheme(): Theme {
  const chosen = deviceMemory.recall("theme");
  return THEMES.find((theme) => theme === chosen) ?? "system";
}

export function setTheme(theme: Theme): void {
  deviceMemory.remember("theme", theme);
  apply(theme);
}

/** start.js has set the first theme before the first paint; this keeps it true. */
export function followDeviceTheme(): void {
  device.addEventListener("change", () => apply(currentTheme()));
  apply(currentTheme());
}

function apply(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && device.matches);
  const root = document.documentElement;
  root.dataset.theme = dark ? "dark" : "light";
  const paper = getComputedStyle(root).getPropertyValue("--paper").trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", paper);
}
