import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ProblemNotice } from "./problem-notice.tsx";
import "./page.css";

/** What stands in for a page that could not be shown. */
export function FailurePage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <div className="lone-page">
      <ProblemNotice
        isPage
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
