import { Outlet, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { Header } from "./header.tsx";
import { Toasts } from "./toasts.tsx";
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

/** A new page takes the focus, as a document would; a changed filter leaves it where it is. */
function useFocusOnArrival() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const last = useRef(path);
  useEffect(() => {
    if (last.current !== undefined && path !== last.current) {
      main.current?.focus({ preventScroll: true });
    }
    last.current = path;
  }, [path]);
  return main;
}
