import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { CoverChanged, CoverInput } from "@tsudoi/shared/covers.ts";
import { useEffect, useRef, useState } from "react";
import { newIdempotencyKey, useTRPC, useTRPCClient } from "#web/api.ts";
import { useSession } from "#web/auth/use-session.ts";
import { silentRetryMs, toProblem } from "#web/problems/problem.ts";
import { useIntention } from "#web/use-intention.ts";
import { sendCover } from "./send-cover.ts";

/** Shown wherever the event is, and the version that the next edit starts from. */
function useShow(eventId: string): (changed: CoverChanged) => void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return ({ cover, version }) => {
    queryClient.setQueryData(trpc.events.get.queryKey({ eventId }), (event) =>
      event === undefined ? undefined : { ...event, cover, version },
    );
    void queryClient.invalidateQueries({ queryKey: trpc.events.pathKey() });
  };
}

type Choice = { picture: Blob; apply: CoverInput["apply"] };

/** Sends a picture; a further try of the same one carries the same key. */
export function useSetCover(eventId: string) {
  const session = useSession();
  const show = useShow(eventId);
  const [share, setShare] = useState(0);
  const open = useRef<Choice & { key: string }>(undefined);
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);
  const upload = useMutation({
    mutationFn: async (choice: Choice) => {
      if (open.current?.picture !== choice.picture || open.current.apply !== choice.apply) {
        open.current = { ...choice, key: newIdempotencyKey() };
      }
      setShare(0);
      leaving.current = new AbortController();
      const { key } = open.current;
      const wanted = { eventId, ...choice, key, onProgress: setShare };
      const send = async () =>
        sendCover(await session.token(), { ...wanted, signal: leaving.current.signal });
      return send().catch((error: unknown) => {
        if (toProblem(error).reason !== "NOT_SIGNED_IN") throw error;
        session.discardToken();
        return send();
      });
    },
    retry: (attempt, error) =>
      !leaving.current.signal.aborted && silentRetryMs(error, attempt) !== false,
    retryDelay: (attempt, error) => silentRetryMs(error, attempt) || 0,
    onSuccess: show,
  });
  function giveUp(): void {
    leaving.current.abort();
    upload.reset();
  }
  return { ...upload, share, giveUp };
}

export function useRemoveCover(eventId: string) {
  const client = useTRPCClient();
  const show = useShow(eventId);
  return useIntention({
    send: (input: CoverInput, options) => client.events.removeCover.mutate(input, options),
    onAnswer: show,
    onRefusal: () => {},
  });
}
