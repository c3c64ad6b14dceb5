import { Moon, Sun } from "lucide-react";
import { useState } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { setTheme } from "./theme.ts";

/** Turns the light on or off; "same as device" is in the account menu. */
export function ThemeButton() {
  const { texts } = useTexts();
  const [isDark, setDark] = useState(document.documentElement.dataset.theme === "dark");
  const Icon = isDark ? Sun : Moon;
  return (
    <button
      type="button"
      className="header-button"
      aria-label={`${texts.shell.theme}: ${isDark ? texts.shell.light : texts.shell.dark}`}
      onClick={() => {
        setTheme(isDark ? "light" : "dark");
        setDark(!isDark);
      }}
    >
      <Icon aria-hidden="true" />
    </button>
  );
}
