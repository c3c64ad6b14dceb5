import type { Event } from "@tsudoi/shared/events.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { Notice } from "#web/ui/notice.tsx";
import { type changeOf, isTold } from "./draft-input.ts";
import { useEventRights } from "./managed-event.ts";
import { liveCount, useCounts } from "./people-queries.ts";

type Props = { event: Event; change: ReturnType<typeof changeOf> };

/** How many people saving a change writes to, and how many it moves up, as far as one may know. */
export function useTold({ event, change }: Props): { people: number; promoted: number } {
  const { lists } = useEventRights(event);
  const isOn = event.status === "published" || event.status === "closed";
  const { data: counts } = useCounts(event.id, lists && isOn);
  if (!isOn || !counts) return { people: 0, promoted: 0 };
  const free = (change.capacity ?? event.capacity) - Math.max(event.capacity, event.seatsTaken);
  return {
    people: isTold(change) ? liveCount(counts) : 0,
    promoted: Math.min(counts.waitlisted, Math.max(0, free)),
  };
}

/** What saving will do to people. */
export function ToldNotice({ people, promoted }: ReturnType<typeof useTold>) {
  const { editor: t } = useManageTexts();
  if (people === 0 && promoted === 0) return null;
  const told = people > 0 ? t.told(people) : t.promotes(promoted);
  return (
    <Notice tone="info" title={told} live>
      {people > 0 && <p>{t.toldNext}</p>}
      {people > 0 && promoted > 0 && <p>{t.promotes(promoted)}</p>}
    </Notice>
  );
}
