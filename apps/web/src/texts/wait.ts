import { HOUR, MINUTE, SECOND } from "@tsudoi/shared/time.ts";

/** A time to wait, in the unit one thinks in: what is nearly an hour is one. */
export function waitIn(locale: "ja-JP" | "en-GB", seconds: number): string {
  const [value, unit] = roughly(seconds * SECOND);
  const style = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat(locale, style).format(value);
}

const NEARLY = 5 * MINUTE;

function roughly(time: number): [value: number, unit: "second" | "minute" | "hour"] {
  if (time < 1.5 * MINUTE) return [Math.ceil(time / SECOND), "second"];
  if (time < HOUR - NEARLY) return [Math.ceil(time / MINUTE), "minute"];
  return [Math.ceil((time - NEARLY) / HOUR), "hour"];
}
