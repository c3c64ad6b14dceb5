import type { Event } from "@tsudoi/shared/events.ts";
import { useAttendTexts } from "#web/texts/attend.ts";
import { formatMoment } from "#web/time/format.ts";
import { useNow } from "#web/time/use-now.ts";

type Facts = Pick<Event, "cancelUntil" | "startsAt" | "timeZone">;

/** Until when a confirmed seat can be given back: what one should know before one takes it, and after. */
export function useCancelRule({ cancelUntil, startsAt, timeZone }: Facts) {
  const { locale, texts } = useAttendTexts();
  const deadline = cancelUntil ?? startsAt;
  const moment = formatMoment(deadline, { timeZone, locale });
  return {
    moment,
    isLate: useNow([deadline]) >= new Date(deadline),
    rule: deadline === startsAt ? texts.attend.cancelUntilStart : texts.attend.cancelUntil(moment),
  };
}
