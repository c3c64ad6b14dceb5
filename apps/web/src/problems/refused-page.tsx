import { useTexts } from "#web/texts/texts.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import { Notice } from "#web/ui/notice.tsx";
import type { ProblemReason } from "./problem.ts";
import "./page.css";
import "./problem-notice.css";

/** What stands in for a page that this person does not get, with a way back. */
export function RefusedPage({ reason }: { reason: ProblemReason }) {
  const { texts } = useTexts();
  const { title, next } = texts.refusals[reason];
  return (
    <div className="lone-page">
      <title>{texts.app.title(title)}</title>
      <div className="problem">
        <Notice tone="warn" title={<h1>{title}</h1>} live>
          {next}
        </Notice>
      </div>
      <LinkButton to="/" tone="quiet">
        {texts.notFound.action}
      </LinkButton>
    </div>
  );
}
