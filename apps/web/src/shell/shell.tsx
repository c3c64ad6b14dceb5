import { Outlet } from "@tanstack/react-router";
import { useTexts } from "#web/texts/texts.tsx";
import { Logo } from "#web/ui/logo.tsx";
import { Skeleton } from "#web/ui/skeleton.tsx";
import { Header } from "./header.tsx";
import { Toasts } from "./toasts.tsx";
import { useFocusOnArrival } from "./use-focus-on-arrival.ts";
import "./shell.css";

/** What stays around every page of a signed-in person. */
export function Shell() {
  const { texts } = useTexts();
  const main = useFocusOnArrival();
  return (
    <div className="shell">
      <a className="skip" href="#main">
        {texts.shell.skip}
      </a>
      <Header />
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
      <Toasts />
    </div>
  );
}

/** The same frame while the server is asked who is here. */
export function ShellPending() {
  const { texts } = useTexts();
  return (
    <div className="shell">
      <header className="header">
        <span className="header-logo">
          <Logo />
          <span>{texts.app.name}</span>
        </span>
      </header>
      <main className="page">
        <Skeleton label={texts.shell.loading} rows={5} shape="card" isLate />
      </main>
    </div>
  );
}
