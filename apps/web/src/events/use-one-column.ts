import { useSyncExternalStore } from "react";

const narrow = matchMedia("(max-width: 959px)");

/** Whether an event's page is too narrow for two columns, as its styles say. */
export function useOneColumn(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches);
}

function subscribe(onChange: () => void): () => void {
  narrow.addEventListener("change", onChange);
  return () => narrow.removeEventListener("change", onChange);
}
