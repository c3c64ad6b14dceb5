import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { useTexts } from "#web/texts/texts.tsx";
import { toProblem } from "./problem.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import "./page.css";

/** What stands in for a page that could not be shown. */
export function FailurePage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { texts } = useTexts();
  const { reason } = toProblem(error);
  return (
    <div className="lone-page">
      <title>{texts.app.title(texts.refusals[reason].title)}</title>
      <ProblemNotice
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </div>
  );
}

/** The same, where nothing else is around it. */
export function FailureAlone(props: ErrorComponentProps) {
  return (
    <main>
      <FailurePage {...props} />
    </main>
  );
}
