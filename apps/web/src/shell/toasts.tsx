import { personName } from "@tsudoi/shared/person-name.ts";
import { useEffect, useState, useSyncExternalStore } from "react";
import { useMe, useSession } from "#web/auth/use-session.ts";
import { useTexts } from "#web/texts/texts.tsx";
import { Button } from "#web/ui/button.tsx";
import { Toast } from "#web/ui/toast.tsx";
import { watchForNewerBuild } from "./build.ts";
import { useSaidWords } from "./said.ts";

/** What the page must say about itself: no network, or a newer build. */
export function Toasts() {
  const { texts } = useTexts();
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine);
  const [newer, setNewer] = useState(false);
  useEffect(() => watchForNewerBuild(() => setNewer(true)), []);
  return (
    <div className="toasts">
      {!online && <Toast>{texts.shell.offline}</Toast>}
      <Newcomer />
      <SaidWords />
      {newer && (
        <Toast
          action={
            <Button size="small" onPress={() => location.reload()}>
              {texts.shell.reload}
            </Button>
          }
        >
          {texts.shell.newer}
        </Toast>
      )}
    </div>
  );
}

/** There before it is needed: only a change of what is there is read out. */
function SaidWords() {
  const words = useSaidWords();
  return <div role="status">{words !== undefined && <div className="toast">{words}</div>}</div>;
}

/** Says that the tab is another person's now, once it shows them. */
function Newcomer() {
  const { texts } = useTexts();
  const { newcomer } = useSession();
  const id = useSyncExternalStore(newcomer.subscribe, newcomer.get);
  const me = useMe();
  if (id === undefined || me?.id !== id) return null;
  return (
    <Toast
      action={
        <Button tone="quiet" size="small" onPress={() => newcomer.set(undefined)}>
          {texts.shell.close}
        </Button>
      }
    >
      {texts.shell.newcomer(personName(me))}
    </Toast>
  );
}

function watchNetwork(onChange: () => void): () => void {
  const stop = new AbortController();
  window.addEventListener("online", onChange, { signal: stop.signal });
  window.addEventListener("offline", onChange, { signal: stop.signal });
  return () => stop.abort();
}
