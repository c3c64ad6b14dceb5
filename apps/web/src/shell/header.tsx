import { Link } from "@tanstack/react-router";
import { CalendarDays, PenLine, Ticket } from "lucide-react";
import { useOrganizes } from "#web/auth/use-rights.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Logo } from "#web/ui/logo.tsx";
import { AccountButton } from "./account-button.tsx";
import { LanguageButton } from "./language-button.tsx";
import { SearchBox } from "./search-box.tsx";
import "./header.css";

export function Header() {
  const { texts } = useTexts();
  return (
    <header className="header">
      <Link to="/" className="header-logo">
        <Logo />
        <span>{texts.app.name}</span>
      </Link>
      <Navigation />
      <SearchBox />
      <div className="header-end">
        <LanguageButton />
        <AccountButton />
      </div>
    </header>
  );
}

/** In the header on wide screens, at the thumb on phones. */
function Navigation() {
  const { texts } = useTexts();
  const organizes = useOrganizes();
  return (
    <nav className="navigation" aria-label={texts.shell.navigation}>
      <Link to="/" activeOptions={{ exact: true, includeSearch: false }}>
        <CalendarDays aria-hidden="true" />
        {texts.shell.events}
      </Link>
      <Link to="/registrations">
        <Ticket aria-hidden="true" />
        {texts.shell.registrations}
      </Link>
      {organizes && (
        <Link to="/organize">
          <PenLine aria-hidden="true" />
          {texts.shell.organize}
        </Link>
      )}
    </nav>
  );
}
