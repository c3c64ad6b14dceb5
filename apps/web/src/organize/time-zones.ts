import { useMemo } from "react";

/** Every zone the browser knows, by region, the chosen one among them. */
export function useTimeZones(chosen: string) {
  return useMemo(() => {
    const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC", chosen]);
    const regions = Map.groupBy([...zones].sort(), (zone) => zone.split("/")[0] ?? zone);
    return [...regions].map(([label, names]) => ({
      label,
      options: names.map((value) => ({ value, label: value.replaceAll("_", " ") })),
    }));
  }, [chosen]);
}
