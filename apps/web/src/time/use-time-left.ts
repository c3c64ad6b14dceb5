import { useTexts } from "#web/texts/texts.tsx";
import { clock } from "./clock.ts";
import { formatLeft, nextTick } from "./time-left.ts";
import { useNow } from "./use-now.ts";

/** The time until an instant in words, by the server's clock; nothing once it has come. */
export function useTimeLeft(until: string): string | undefined {
  const { locale } = useTexts();
  const end = Date.parse(until);
  const tick = nextTick(end, clock.now());
  const now = useNow([new Date(tick).toISOString()]).getTime();
  return now >= end ? undefined : formatLeft(end - now, locale);
}
