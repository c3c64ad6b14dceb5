import { SECOND } from "@tsudoi/shared/time.ts";
import { useEffect, useRef, useState } from "react";

/** Who types is not asked for after every letter. */
const PAUSE_MS = SECOND / 4;

/** What is being typed, told once it rests; what is told otherwise takes its place. */
export function useTyped(told: string, tell: (text: string) => void) {
  const [typed, setTyped] = useState(told);
  const [known, setKnown] = useState(told);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (told !== known) {
    setKnown(told);
    if (told !== typed.trim()) setTyped(told);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  function type(text: string): void {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(text.trim()), PAUSE_MS);
  }
  return [typed, type] as const;
}
