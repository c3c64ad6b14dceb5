import { type ComponentProps, lazy, Suspense, useState } from "react";
import { initials, personName } from "#web/auth/person-name.ts";
import { useMe } from "#web/auth/use-session.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Avatar } from "#web/ui/avatar.tsx";

const loadMenu = () => import("./account-menu.tsx");
const AccountMenu = lazy(async () => ({ default: (await loadMenu()).AccountMenu }));

/** The menu's code comes when someone reaches for it. */
export function AccountButton() {
  const { texts } = useTexts();
  const me = useMe();
  const [wanted, setWanted] = useState(false);
  const label = me ? texts.shell.account(personName(me)) : texts.shell.accountPending;
  const face = <Avatar initials={me ? initials(me) : ""} />;
  const waiting: ComponentProps<"button"> = {
    type: "button",
    className: "header-button",
    "aria-haspopup": "menu",
    "aria-expanded": false,
    "aria-label": label,
    children: face,
  };
  if (!wanted) {
    return (
      <button
        {...waiting}
        onPointerEnter={() => void loadMenu()}
        onFocus={() => void loadMenu()}
        onClick={() => setWanted(true)}
      />
    );
  }
  return (
    <Suspense fallback={<button {...waiting} />}>
      <AccountMenu label={label} face={face} />
    </Suspense>
  );
}
