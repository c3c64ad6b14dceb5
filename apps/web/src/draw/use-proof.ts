import { useMutation } from "@tanstack/react-query";
import type { Lot } from "@tsudoi/shared/draws.ts";
import type { Event } from "@tsudoi/shared/events.ts";
import { MAX_PAGE } from "@tsudoi/shared/paging.ts";
import { useState } from "react";
import { type Api, useTRPCClient } from "#web/api.ts";
import { type Proof, proveDraw } from "./draw-proof.ts";

export type Proven = { proof: Proof; ids: string[] };

/** Reads the whole order and draws again; how far it is, is told on the way. */
export function useProof(event: Event) {
  const client = useTRPCClient();
  const [read, setRead] = useState(0);
  const check = useMutation({
    mutationFn: async (): Promise<Proven> => {
      const { drawSeed: seed, drawHash: hash } = event;
      if (seed === null || hash === null) throw new Error("nothing was drawn");
      const lots = await readLots(client, event.id, setRead);
      const proof = await proveDraw({ seed, hash, entrants: event.entrants ?? 0 }, lots);
      return { proof, ids: lots.map(({ registrationId }) => registrationId) };
    },
  });
  return { check, read };
}

async function readLots(
  client: Api,
  eventId: string,
  onRead: (count: number) => void,
): Promise<Lot[]> {
  const lots: Lot[] = [];
  let cursor: string | null = null;
  do {
    const input = { eventId, limit: MAX_PAGE, ...(cursor === null ? {} : { cursor }) };
    const page: Awaited<ReturnType<Api["events"]["listDraw"]["query"]>> =
      await client.events.listDraw.query(input);
    lots.push(...page.items);
    onRead(lots.length);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lots;
}
