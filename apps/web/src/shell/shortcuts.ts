import { deviceMemory } from "./storage.ts";

/** Speech input can trip over single-letter shortcuts, so they can be turned off (WCAG 2.1.4). */
export function shortcutsOn(): boolean {
  return deviceMemory.recall("shortcuts") !== "off";
}

export function turnShortcuts(state: "on" | "off"): void {
  deviceMemory.remember("shortcuts", state);
}
