import { useInfiniteQuery } from "@tanstack/react-query";
import type { Lot } from "@tsudoi/shared/draws.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { MAX_PAGE } from "@tsudoi/shared/paging.ts";
import { useId } from "react";
import { useTRPC, useTRPCClient } from "#web/api.ts";
import { StatusChip } from "#web/registrations/status-chip.tsx";
import { ListPages } from "#web/shell/list-pages.tsx";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Chip } from "#web/ui/chip.tsx";
import "./draw-order.css";

/** Everyone's place as it was drawn, and how each stands now; one's own is marked. */
export function DrawOrder({ event }: { event: Event }) {
  const { draw: t } = useAttendTexts().texts.attend;
  const id = useId();
  const list = useInfiniteQuery(useDrawOptions(event.id));
  const own = event.myRegistration?.id ?? event.endedRegistration?.id;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t.order}</h2>
      <p className="muted">{t.orderLead}</p>
      <ListPages list={list} rows={4} empty={<p className="faint">{t.empty}</p>} shown={t.shown}>
        {(lots) => (
          <ol className="draw-order card">
            {lots.map((lot) => (
              <LotRow key={lot.registrationId} lot={lot} isOwn={lot.registrationId === own} />
            ))}
          </ol>
        )}
      </ListPages>
    </section>
  );
}

function LotRow({ lot, isOwn }: { lot: Lot; isOwn: boolean }) {
  const { attend: t, register } = useAttendTexts().texts;
  return (
    <li className={isOwn ? "own" : undefined}>
      <b>
        <span aria-hidden="true">{lot.rank}</span>
        <span className="visually-hidden">{register.position(lot.rank)}</span>
      </b>
      <code>{lot.registrationId}</code>
      <span className="lot-chips">
        {isOwn && <Chip tone="accent">{t.draw.mine}</Chip>}
        <StatusChip status={lot.status} />
      </span>
    </li>
  );
}

/** tRPC's own options would send a key that the API does not take. */
function useDrawOptions(eventId: string) {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const input = { eventId, limit: MAX_PAGE };
  return {
    queryKey: trpc.events.listDraw.infiniteQueryKey(input),
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      client.events.listDraw.query(
        { ...input, ...(pageParam ? { cursor: pageParam } : {}) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
  };
}
