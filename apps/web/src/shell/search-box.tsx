import { useNavigate, useRouterState, useSearch } from "@tanstack/react-router";
import { Search as Magnifier, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "#web/texts/texts.tsx";
import { shortcutsOn } from "./shortcuts.ts";
import "./search-box.css";

const PAUSE_MS = 250;

/** Searches the list as one types; the address carries the words. */
export function SearchBox() {
  const { texts } = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const { text, change, search } = useSearchText();
  useSlash(input);
  return (
    <search className="search">
      <form
        data-hint={text === "" && shortcutsOn() ? "" : undefined}
        onSubmit={(submit) => {
          submit.preventDefault();
          search(text);
        }}
      >
        <Magnifier aria-hidden="true" />
        <input
          ref={input}
          type="search"
          name="text"
          value={text}
          maxLength={100}
          enterKeyHint="search"
          autoComplete="off"
          aria-label={texts.shell.search}
          aria-keyshortcuts={shortcutsOn() ? "/" : undefined}
          placeholder={texts.shell.searchPlaceholder}
          onChange={(event) => change(event.target.value, isComposing(event.nativeEvent))}
          onCompositionEnd={(event) => change(event.currentTarget.value)}
        />
        {text !== "" && (
          <button
            type="button"
            aria-label={texts.shell.clearSearch}
            onClick={() => {
              search("");
              input.current?.focus();
            }}
          >
            <X aria-hidden="true" />
          </button>
        )}
      </form>
    </search>
  );
}

function useSearchText() {
  const navigate = useNavigate();
  // Other pages have a text of their own in their address: the list's alone is meant here.
  const found = useSearch({ from: "/shell/", shouldThrow: false })?.text ?? "";
  const isOnList = useRouterState({ select: ({ location }) => location.pathname === "/" });
  const [text, setText] = useState(found);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sought = useRef(found);
  useEffect(() => {
    // The address changed by something other than this box: show what it says.
    if (found !== sought.current) setText(found);
    sought.current = found;
  }, [found]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function search(words: string): void {
    clearTimeout(timer.current);
    setText(words);
    sought.current = words.trim();
    void navigate({
      to: "/",
      // A search from elsewhere starts afresh, one in the list keeps its filters.
      search: (filters) => ({ ...(isOnList ? filters : {}), text: words.trim() || undefined }),
      replace: found !== "",
    });
  }
  function change(words: string, composing = false): void {
    clearTimeout(timer.current);
    setText(words);
    // Half-typed kana are no words yet.
    if (!composing) timer.current = setTimeout(() => search(words), PAUSE_MS);
  }
  return { text, change, search };
}

function isComposing(event: Event): boolean {
  return event instanceof InputEvent && event.isComposing;
}

/** "/" goes to the search from anywhere but a field. */
function useSlash(input: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!shortcutsOn() || (event.target instanceof HTMLElement && isField(event.target))) return;
      event.preventDefault();
      input.current?.select();
    }
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [input]);
}

function isField(element: HTMLElement): boolean {
  return element.isContentEditable || element.matches("input, textarea, select, [role=menu] *");
}
