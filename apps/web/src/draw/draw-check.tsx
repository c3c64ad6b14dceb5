import type { Event } from "@tsudoi/shared/events.ts";
import { useId, useRef } from "react";
import { ProblemNotice } from "#web/problems/problem-notice.tsx";
import { useAttendTexts } from "#web/texts/attend.ts";
import { Button } from "#web/ui/button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import { CopyButton } from "./copy-button.tsx";
import { drawScript, type Proof } from "./draw-proof.ts";
import { useProof } from "./use-proof.ts";

/** Draws again here, or wherever one likes. */
export function DrawCheck({ event, seed }: { event: Event; seed: string }) {
  const { draw: t } = useAttendTexts().texts.attend;
  const id = useId();
  const { check, read } = useProof(event);
  const canCheck = globalThis.isSecureContext;
  return (
    <section className="card draw-check" aria-labelledby={id}>
      <h2 id={id}>{t.checkTitle}</h2>
      <p className="muted">{t.checkLead}</p>
      {canCheck ? (
        <div>
          <Button isPending={check.isPending} working={t.working} onPress={() => check.mutate()}>
            {t.check}
          </Button>
          {check.isPending && <span className="field-hint"> {t.checking(read)}</span>}
        </div>
      ) : (
        <Notice tone="warn" title={t.insecure}>
          {t.insecureNext}
        </Notice>
      )}
      {check.isError && <ProblemNotice error={check.error} onRetry={() => check.mutate()} />}
      {check.data && <Verdict proof={check.data.proof} entrants={event.entrants ?? 0} />}
      <Script seed={seed} ids={check.data?.ids} />
    </section>
  );
}

function Verdict({ proof, entrants }: { proof: Proof; entrants: number }) {
  const { draw: t } = useAttendTexts().texts.attend;
  if (proof.agrees) {
    return (
      <Notice tone="ok" title={t.agreed} live focus>
        {t.agreedNext(proof.entries)}
      </Notice>
    );
  }
  const title = {
    seed: () => t.seedDiffers,
    count: () => t.countDiffers("found" in proof ? proof.found : 0, entrants),
    order: () => t.orderDiffers("rank" in proof ? proof.rank : 0),
  }[proof.wrong]();
  return (
    <Notice tone="bad" title={title} live focus>
      {t.differsNext}
    </Notice>
  );
}

function Script({ seed, ids }: { seed: string; ids: string[] | undefined }) {
  const { draw: t } = useAttendTexts().texts.attend;
  const shown = useRef<HTMLPreElement>(null);
  const script = drawScript(seed);
  return (
    <details>
      <summary>{t.script}</summary>
      <p className="muted">{t.scriptLead}</p>
      {/* Scrolls by itself, and so can be reached by keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached. */}
      <pre ref={shown} tabIndex={0}>
        <code lang="en">{script}</code>
      </pre>
      <div className="copies">
        <CopyButton text={script} label={t.copyScript} shown={shown} />
        {ids && <CopyButton text={ids.join("\n")} label={t.copyIds} shown={shown} />}
      </div>
    </details>
  );
}
