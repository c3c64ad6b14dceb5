import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { isServerThere } from "./connection.ts";
import { LostPart } from "./part.ts";
import { ProblemNotice } from "./problem-notice.tsx";
import "./page.css";

/** What stands in for a page that could not be shown. */
export function FailurePage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  function retry(): void {
    reset();
    void router.invalidate();
  }
  return (
    <div className="lone-page">
      <ProblemNotice
        isPage
        error={error}
        onRetry={error instanceof LostPart ? () => void reload() : retry}
      />
    </div>
  );
}

/** Without a server, the browser's own page would take this one's place. */
async function reload(): Promise<void> {
  if (await isServerThere()) location.reload();
}

/** The same, where nothing else is around it. */
export function FailureAlone(props: ErrorComponentProps) {
  return (
    <main>
      <FailurePage {...props} />
    </main>
  );
}
