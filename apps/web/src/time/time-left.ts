import type { Locale } from "@tsudoi/shared/text.ts";
import { DAY, HOUR, MINUTE, SECOND } from "@tsudoi/shared/time.ts";

const UNITS = [
  ["day", DAY],
  ["hour", HOUR],
  ["minute", MINUTE],
  ["second", SECOND],
] as const;

/** The two largest units that are left, rounded up: it never says less than there is, and nothing only at the end. */
export function formatLeft(milliseconds: number, locale: Locale): string {
  const step = stepOf(milliseconds);
  let rest = Math.max(0, Math.ceil(milliseconds / step) * step);
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest -= count * length;
    const isLast = length === step;
    if (count > 0 || parts.length > 0 || isLast) parts.push(inUnit(count, unit, locale));
    if (isLast) break;
  }
  return parts.slice(0, 2).join(" ");
}

/** When what `formatLeft` says changes next. */
export function nextTick(end: number, now: number): number {
  const left = end - now;
  const step = stepOf(left);
  return end - (Math.ceil(left / step) - 1) * step;
}

/** Seconds count in the last hour, minutes in the last day. */
function stepOf(left: number): number {
  if (left <= HOUR) return SECOND;
  return left <= DAY ? MINUTE : HOUR;
}

function inUnit(count: number, unit: (typeof UNITS)[number][0], locale: Locale): string {
  return new Intl.NumberFormat(locale === "ja" ? "ja-JP" : "en-GB", {
    style: "unit",
    unit,
    unitDisplay: locale === "ja" ? "short" : "long",
  }).format(count);
}
