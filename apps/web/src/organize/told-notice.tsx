import type { Event } from "@tsudoi/shared/events.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { Notice } from "#web/ui/notice.tsx";
import { type changeOf, isTold } from "./draft-input.ts";
import { useEventRights } from "./managed-event.ts";
import { liveCount, useCounts } from "./people-queries.ts";

type Props = { event: Event; change: ReturnType<typeof changeOf> };

/** What saving will do to people: how many are written to, and how many move up. */
export function ToldNotice({ event, change }: Props) {
  const { editor: t } = useManageTexts();
  const { lists } = useEventRights(event);
  const isOn = event.status === "published" || event.status === "closed";
  const { data: counts } = useCounts(event.id, lists && isOn);
  if (!isOn || !counts) return null;
  const people = isTold(change) ? liveCount(counts) : 0;
  const free = (change.capacity ?? event.capacity) - Math.max(event.capacity, event.seatsTaken);
  const promoted = Math.min(counts.waitlisted, Math.max(0, free));
  if (people === 0 && promoted === 0) return null;
  const told = people > 0 ? t.told(people) : t.promotes(promoted);
  return (
    <Notice tone="info" title={told} live>
      {people > 0 && <p>{t.toldNext}</p>}
      {people > 0 && promoted > 0 && <p>{t.promotes(promoted)}</p>}
    </Notice>
  );
}
