import type { ReactNode } from "react";
import { LanguageButton } from "#web/shell/language-button.tsx";
import { ThemeButton } from "#web/shell/theme-button.tsx";
import { useTexts } from "#web/texts/texts.tsx";
import { Logo } from "#web/ui/logo.tsx";
import { Ticket } from "#web/ui/ticket.tsx";
import "./door-page.css";

type Props = {
  title: string;
  lead: string;
  /** The heading stands among the children. */
  hasOwnHeading?: boolean;
  children: ReactNode;
};

/** The way in: one ticket on a table, and the two choices of looks. */
export function DoorPage({ title, lead, hasOwnHeading = false, children }: Props) {
  const { texts } = useTexts();
  return (
    <div className="door">
      <title>{texts.app.title(title)}</title>
      <main className="door-main">
        <Ticket
          across
          stub={
            <div className="door-stub">
              <p className="door-name">
                <Logo />
                {texts.app.name}
              </p>
              <p className="door-tagline">{texts.app.tagline}</p>
              <span className="door-seal" lang="ja" aria-hidden="true">
                集
              </span>
            </div>
          }
        >
          <div className="door-body">
            {!hasOwnHeading && <h1>{title}</h1>}
            <p className="muted">{lead}</p>
            {children}
          </div>
        </Ticket>
      </main>
      <footer className="door-foot">
        <LanguageButton />
        <ThemeButton />
      </footer>
    </div>
  );
}
