import { useRouter } from "@tanstack/react-router";
import { personName } from "@tsudoi/shared/person-name.ts";
import { LOCALES } from "@tsudoi/shared/text.ts";
import { Check, LogOut } from "lucide-react";
import { type RefObject, useState } from "react";
import { Header } from "react-aria-components/Header";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Separator } from "react-aria-components/Separator";
import { useMe, useSession } from "#web/auth/use-session.ts";
import { Localized, useTexts } from "#web/texts/texts.tsx";
import { shortcutsOn, turnShortcuts } from "./shortcuts.ts";
import { currentTheme, setTheme, THEMES } from "./theme.ts";
import { useSwitchLocale } from "./use-switch-locale.ts";
import "./account-menu.css";

/** What has the focus when the menu opens. */
export type MenuStart = "first" | "last" | "menu";

type Props = {
  label: string;
  button: RefObject<HTMLButtonElement | null>;
  /** Closed without it. */
  start: MenuStart | undefined;
  onClose: () => void;
};

/** Who one is here, how it looks, in which language, and the way out. */
export function AccountMenu({ label, button, start, onClose }: Props) {
  const { locale, texts } = useTexts();
  const signOut = useSignOut();
  return (
    <I18nProvider locale={locale === "ja" ? "ja-JP" : "en-GB"}>
      <Popover
        className="menu-popover"
        aria-label={label}
        placement="bottom end"
        triggerRef={button}
        isOpen={start !== undefined}
        onOpenChange={onClose}
      >
        <Owner />
        <Menu
          className="menu"
          aria-label={label}
          shouldFocusWrap
          autoFocus={start === "menu" ? true : (start ?? false)}
          onClose={onClose}
        >
          <Languages />
          <Themes />
          <Shortcuts />
          <Separator className="menu-line" />
          <MenuItem className="menu-item" textValue={texts.shell.signOut} onAction={signOut}>
            <LogOut aria-hidden="true" />
            {texts.shell.signOut}
          </MenuItem>
        </Menu>
      </Popover>
    </I18nProvider>
  );
}

function Owner() {
  const me = useMe();
  if (!me) return null;
  return (
    <div className="menu-owner">
      <strong>{personName(me)}</strong>
      <span>{me.email}</span>
      <span>
        <Localized text={me.organization.name} />
        {me.department && (
          <>
            {" · "}
            <Localized text={me.department} />
          </>
        )}
      </span>
    </div>
  );
}

function Languages() {
  const { locale, texts } = useTexts();
  const switchLocale = useSwitchLocale();
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[locale]}
      onSelectionChange={(keys) => pick(keys, LOCALES, switchLocale)}
    >
      <Header className="menu-header">{texts.shell.language}</Header>
      <Choice id="ja" text="日本語" lang="ja" />
      <Choice id="en" text="English" lang="en" />
    </MenuSection>
  );
}

function Themes() {
  const { texts } = useTexts();
  const [theme, choose] = useState(currentTheme);
  return (
    <MenuSection
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys) =>
        pick(keys, THEMES, (next) => {
          setTheme(next);
          choose(next);
        })
      }
    >
      <Header className="menu-header">{texts.shell.theme}</Header>
      {THEMES.map((id) => (
        <Choice key={id} id={id} text={texts.shell[id]} />
      ))}
    </MenuSection>
  );
}

function Shortcuts() {
  const { texts } = useTexts();
  const [on, setOn] = useState(shortcutsOn);
  // A phone has no key to press.
  if (!window.matchMedia("(any-pointer: fine)").matches) return null;
  return (
    <MenuSection
      selectionMode="multiple"
      selectedKeys={on ? ["slash"] : []}
      onSelectionChange={(keys) => {
        const next = keys === "all" || keys.has("slash");
        turnShortcuts(next ? "on" : "off");
        setOn(next);
      }}
    >
      <Header className="menu-header">{texts.shell.keyboard}</Header>
      <Choice id="slash" text={texts.shell.slash} />
    </MenuSection>
  );
}

function Choice({ id, text, lang }: { id: string; text: string; lang?: string }) {
  return (
    <MenuItem id={id} className="menu-item" textValue={text}>
      {({ isSelected }) => (
        <>
          <span className="menu-check">{isSelected && <Check aria-hidden="true" />}</span>
          <span lang={lang}>{text}</span>
        </>
      )}
    </MenuItem>
  );
}

function pick<Key extends string>(
  keys: "all" | Iterable<string | number>,
  known: readonly Key[],
  choose: (key: Key) => void,
): void {
  const [chosen] = keys === "all" ? [] : keys;
  const key = known.find((candidate) => candidate === chosen);
  if (key) choose(key);
}

function useSignOut(): () => void {
  const session = useSession();
  const router = useRouter();
  // Without an answer the session still stands, and the page that cannot load says why.
  return () => void session.signOut().catch(() => router.invalidate());
}
