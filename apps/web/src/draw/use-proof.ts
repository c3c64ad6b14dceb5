import { useMutation } from "@tanstack/react-query";
import type { Event } from "@tsudoi/shared/events.ts";
import { useState } from "react";
import { useTRPCClient } from "#web/api.ts";
import { type Proof, proveDraw } from "./draw-proof.ts";
import { readLots } from "./read-lots.ts";

export type Proven = { proof: Proof; ids: string[] };

/** Reads the whole order and draws again; how far it is, is told on the way. */
export function useProof(event: Event) {
  const client = useTRPCClient();
  const [read, setRead] = useState(0);
  const check = useMutation({
    mutationFn: async (): Promise<Proven> => {
      const { drawSeed: seed, drawHash: hash } = event;
      if (seed === null || hash === null) throw new Error("nothing was drawn");
      const lots = await readLots(
        (input) => client.events.listDraw.query(input),
        event.id,
        setRead,
      );
      const proof = await proveDraw({ seed, hash, entrants: event.entrants ?? 0 }, lots);
      return { proof, ids: lots.map(({ registrationId }) => registrationId) };
    },
  });
  return { check, read };
}
