import type { SeriesPart } from "@tsudoi/shared/event-series.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { useManageTexts } from "#web/texts/manage.ts";
import { clock } from "#web/time/clock.ts";
import { Notice } from "#web/ui/notice.tsx";
import { type Change, isTold } from "./draft-input.ts";
import { useEventRights } from "./managed-event.ts";
import { admittedBy, changed, peopleIn, promotedBy, reached } from "./told.ts";
import { useSeries } from "./use-series.ts";

type Props = { event: Event; change: Change; apply: SeriesPart };

/** What saving a change does to people, in words, as far as one may know whom it reaches. */
export function useTold({ event, change, apply }: Props) {
  const { editor: t } = useManageTexts();
  const { lists } = useEventRights(event);
  const series = useSeries(event);
  const known = apply === "this" ? [event] : series;
  const tells = isTold(change);
  if (!lists) return {};
  if (known === undefined) return tells ? { told: t.toldInSeries } : {};
  const reach = { from: event, apply, now: new Date(clock.now()) };
  const events = reached(known, reach);
  const people = peopleIn(events);
  const promoted = promotedBy(change, events);
  const admitted = admittedBy(change, events);
  const { waitlistMode = event.waitlistMode } = change;
  const told =
    apply === "this" ? t.told(people) : t.toldSeries(changed(known, reach).length, people);
  return {
    ...(tells && people > 0 ? { told } : {}),
    ...(admitted > 0
      ? {
          admits: t.admits(admitted),
          how: t.admitsNext[waitlistMode === "none" ? "none" : "waitlist"],
        }
      : {}),
    ...(promoted > 0 ? { promotes: t.promotes(promoted) } : {}),
  };
}

export function ToldNotice({ told, admits, how, promotes }: ReturnType<typeof useTold>) {
  const { editor: t } = useManageTexts();
  const title = told ?? admits ?? promotes;
  if (title === undefined) return null;
  return (
    <Notice tone="info" title={title} live>
      {told && <p>{t.toldNext}</p>}
      {told && admits && <p>{admits}</p>}
      {how && <p>{how}</p>}
      {(told || admits) && promotes && <p>{promotes}</p>}
    </Notice>
  );
}
