import { SECOND } from "@tsudoi/shared/time.ts";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { onceConnected } from "./connection.ts";
import { LostPart } from "./part.ts";
import { type Problem, toProblem } from "./problem.ts";
import "./problem-notice.css";

/** A part that is lost for good must not make the page reload all the time. */
const RELOADED_AGAIN_MS = 15 * SECOND;

type Props = {
  error: unknown;
  /** Words for a reason that means something special here. */
  instead?: Partial<Record<Problem["reason"], { title: string; next: string }>>;
  onRetry?: () => void;
  /** A mistake that stands at the fields is no fault: there is no number to quote. */
  isToldAtFields?: boolean;
  /** Takes the focus, where the thing that had it is gone. */
  focus?: boolean;
  /** Where it stands for the whole page, its words are the page's title. */
  isPage?: boolean;
};

/** What was refused or failed: what happened, what to do, and the number to quote behind "details". */
export function ProblemNotice({ error, instead, onRetry, focus = false, ...props }: Props) {
  const { isPage = false, isToldAtFields = false } = props;
  const { texts } = useTexts();
  const ref = useRef<HTMLDivElement>(null);
  const problem = toProblem(error);
  const words = instead?.[problem.reason] ?? texts.refusals[problem.reason];
  useEffect(() => {
    if (focus) ref.current?.focus();
  }, [focus]);
  const isOver = useConnectionBack(error, onRetry);
  if (isOver) return null;
  return (
    <div ref={ref} tabIndex={-1} className="problem">
      {isPage && <title>{texts.app.title(words.title)}</title>}
      <Notice
        tone={isFault(problem) ? "bad" : "warn"}
        title={isPage ? <h1>{words.title}</h1> : words.title}
        live
        actions={
          onRetry && (
            <Button tone="quiet" size="small" onPress={onRetry}>
              {texts.shell.retry}
            </Button>
          )
        }
      >
        <p>
          {words.next}
          {problem.reason === "INTERNAL" &&
            ` ${problem.requestId ? texts.shell.sendNumber : texts.shell.tellAdministrator}`}
          {problem.retryAfterMs !== undefined &&
            ` ${texts.shell.retryIn(Math.max(1, Math.ceil(problem.retryAfterMs / 1000)))}`}
        </p>
        {problem.requestId && !isToldAtFields && (
          <details>
            <summary>{texts.shell.details}</summary>
            {texts.shell.requestId}: <code>{problem.requestId}</code>
          </details>
        )}
      </Notice>
    </div>
  );
}

/** A lost connection that is back needs no notice: what can be asked again is, the rest waits for a click. */
function useConnectionBack(error: unknown, onRetry?: () => void): boolean {
  const [over, setOver] = useState<unknown>();
  const retry = useRef(onRetry);
  useEffect(() => {
    retry.current = onRetry;
  });
  useEffect(() => {
    if (toProblem(error).reason !== "UNREACHABLE") return;
    return onceConnected(
      () => {
        if (retry.current) retry.current();
        else setOver(error);
      },
      error instanceof LostPart ? RELOADED_AGAIN_MS : undefined,
    );
  }, [error]);
  return over === error;
}

function isFault({ reason }: Problem): boolean {
  return reason === "INTERNAL" || reason === "UNREACHABLE" || reason === "NOT_SIGNED_IN";
}
