import { initials, personName } from "@tsudoi/shared/person-name.ts";
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import { useMe } from "#web/auth/use-session.ts";
import { part } from "#web/problems/part.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Avatar } from "#web/ui/avatar.tsx";
import type { MenuStart } from "./account-menu.tsx";

const loadMenu = () => part(import("./account-menu.tsx"));
const AccountMenu = lazy(async () => ({ default: (await loadMenu()).AccountMenu }));

const STARTS: Record<string, MenuStart> = {
  Enter: "first",
  " ": "first",
  ArrowDown: "first",
  ArrowUp: "last",
};

/** The menu's code comes when someone reaches for it; the button stays, and has the focus back afterwards. */
export function AccountButton() {
  const { texts } = useTexts();
  const me = useMe();
  const button = useRef<HTMLButtonElement>(null);
  const [isWanted, setWanted] = useState(false);
  const [start, setStart] = useState<MenuStart>();
  const label = me ? texts.shell.account(personName(me)) : texts.shell.accountPending;
  function open(at: MenuStart): void {
    // Not every browser gives a pressed button the focus, and the menu gives it back to who had it.
    button.current?.focus();
    setWanted(true);
    setStart(at);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const at = STARTS[event.key];
    if (!at) return;
    event.preventDefault();
    open(at);
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="header-button"
        aria-haspopup="menu"
        aria-expanded={start !== undefined}
        aria-label={label}
        onPointerEnter={() => void loadMenu()}
        onFocus={() => void loadMenu()}
        onKeyDown={onKeyDown}
        onClick={() => open("menu")}
      >
        <Avatar initials={me ? initials(me) : ""} />
      </button>
      {isWanted && (
        <Suspense>
          <AccountMenu
            label={label}
            button={button}
            start={start}
            onClose={() => setStart(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
