import { MailCheck } from "lucide-react";
import { useAttendTexts } from "#web/texts/attend.ts";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import "#web/problems/page.css";

/** Whoever follows an invite link before its event is public is on the list, and has nothing to see yet. */
export function InvitedPage() {
  const { texts } = useAttendTexts();
  const { invited: t } = texts.attend;
  return (
    <div className="lone-page">
      <title>{texts.app.title(t.title)}</title>
      <EmptyState
        icon={<MailCheck />}
        heading="h1"
        title={t.title}
        action={<LinkButton to="/">{texts.notFound.action}</LinkButton>}
      >
        {t.body}
      </EmptyState>
    </div>
  );
}
