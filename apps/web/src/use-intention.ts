import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { newIdempotencyKey } from "#web/api.ts";
import { isDefinite, silentRetryMs } from "#web/problems/problem.ts";

type Intention<Input, Answer> = {
  send: (input: Input, options: { context: { idempotencyKey: string } }) => Promise<Answer>;
  onAnswer: (answer: Answer) => unknown;
  /** A try without an answer is no refusal: it may have done its work. */
  onRefusal: (error: unknown) => void;
};

/** Does what a person means once: until a definite answer, every further try of the same carries the same key. */
export function useIntention<Input, Answer>({
  send,
  onAnswer,
  onRefusal,
}: Intention<Input, Answer>) {
  const open = useRef<{ input: string; key: string }>(undefined);
  return useMutation({
    mutationFn: (input: Input) => {
      const written = JSON.stringify(input);
      if (open.current?.input !== written) {
        open.current = { input: written, key: newIdempotencyKey() };
      }
      return send(input, { context: { idempotencyKey: open.current.key } });
    },
    retry: (attempt, error) => silentRetryMs(error, attempt) !== false,
    retryDelay: (attempt, error) => silentRetryMs(error, attempt) || 0,
    onSuccess: (answer) => {
      open.current = undefined;
      return onAnswer(answer);
    },
    onError: (error) => {
      if (!isDefinite(error)) return;
      open.current = undefined;
      onRefusal(error);
    },
  });
}
