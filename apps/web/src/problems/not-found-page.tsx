import { Compass } from "lucide-react";
import { useTexts } from "#web/texts/texts.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { LinkButton } from "#web/ui/link-button.tsx";
import "./page.css";

export function NotFoundPage() {
  const { texts } = useTexts();
  return (
    <div className="lone-page">
      <title>{texts.app.title(texts.notFound.title)}</title>
      <EmptyState
        icon={<Compass />}
        heading="h1"
        title={texts.notFound.title}
        action={<LinkButton to="/">{texts.notFound.action}</LinkButton>}
      >
        {texts.notFound.body}
      </EmptyState>
    </div>
  );
}
